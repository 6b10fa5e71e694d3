// Small comforts: every page works without this file.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const length = (text) => [...text.replace(/\r\n/g, "\n")].length;

function foldMenu() {
  for (const button of all("[data-menu]")) {
    const list = document.getElementById(button.dataset.menu);
    button.hidden = false;
    list.classList.add("chiuso");
    button.addEventListener("click", () => {
      const closed = list.classList.toggle("chiuso");
      button.setAttribute("aria-expanded", String(!closed));
    });
  }
}

// A button or link with data-conferma opens its dialog instead of going on; the dialog holds the real button.
function askFirst() {
  for (const control of all("[data-conferma]")) {
    const dialog = document.getElementById(control.dataset.conferma);
    if (!dialog?.showModal) continue;
    control.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const button of all("[data-chiudi]")) button.addEventListener("click", () => button.closest("dialog").close());
}

// The page comes back from the browser's cache with "Indietro": then it may be sent again.
function sendOnce() {
  for (const form of all("form[data-invio-unico]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.inviato) event.preventDefault();
      form.dataset.inviato = "si";
      // A line that fell leaves the page as it was: it may be tried again.
      setTimeout(() => delete form.dataset.inviato, 15000);
    });
  }
  addEventListener("pageshow", () => all("form[data-invio-unico]").forEach((form) => delete form.dataset.inviato));
}

function countCharacters() {
  for (const counter of all("[data-contatore]")) {
    const field = document.getElementById(counter.dataset.contatore);
    const most = Number(field.dataset.massimo);
    const show = () => {
      const used = length(field.value);
      counter.textContent = counter.dataset.testo.replace("{n}", used.toLocaleString(document.documentElement.lang));
      counter.classList.toggle("errore", used > most);
    };
    field.addEventListener("input", show);
    show();
  }
}

function valuesOf(form, name) {
  return all(`[name="${CSS.escape(name)}"]`, form)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value.trim());
}

// The condition of a field: {campo, uguale|diverso: [...]}, {tutte: [...]}, {una: [...]}, or what the server knows already.
function holds(condition, form) {
  if (typeof condition === "boolean") return condition;
  if (condition.tutte) return condition.tutte.every((one) => holds(one, form));
  if (condition.una) return condition.una.some((one) => holds(one, form));
  const values = valuesOf(form, condition.campo);
  const among = (wanted) => (values.length ? values : [""]).some((value) => wanted.includes(value));
  return condition.uguale ? among(condition.uguale) : !among(condition.diverso);
}

function showByCondition() {
  // Fields that are not asked for are hidden from here on: nothing needs to be said of them.
  for (const line of all("[data-senza-script]")) line.hidden = true;
  for (const form of all("form")) {
    const fields = all("[data-se]", form);
    if (!fields.length) continue;
    const show = () => fields.forEach((field) => (field.hidden = !holds(JSON.parse(field.dataset.se), form)));
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }
}

// What was chosen as file is told at once where it is too large, not after the upload.
function checkFiles() {
  for (const input of all('input[type="file"][data-massimo]')) {
    const message = document.getElementById(input.dataset.troppoGrande);
    input.addEventListener("change", () => {
      const large = [...input.files].some((file) => file.size > Number(input.dataset.massimo));
      message.hidden = !large;
      if (large) input.value = "";
    });
  }
}

function warnOfExpiry() {
  const dialog = document.querySelector("dialog[data-sessione]");
  if (!dialog?.showModal) return;
  const wait = Math.max(0, Number(dialog.dataset.sessione) - 120) * 1000;
  let timer = setTimeout(() => dialog.showModal(), wait);
  const failure = dialog.querySelector("[data-non-rinnovata]");
  dialog.querySelector("[data-rinnova-ora]").addEventListener("click", async () => {
    // Who has no session any more is led to the login: that answer is none of an open session.
    const answer = await fetch(dialog.dataset.rinnova, { method: "HEAD", credentials: "same-origin" }).catch(() => null);
    const open = Boolean(answer?.ok && !answer.redirected);
    failure.hidden = open;
    clearTimeout(timer);
    if (!open) return;
    dialog.close();
    timer = setTimeout(() => dialog.showModal(), wait);
  });
}

// A message for an identity provider needs no click where scripts run.
function goOn() {
  document.querySelector("form[data-invia-subito]")?.submit();
  const link = document.querySelector("a[data-vai-subito]");
  if (link) location.replace(link.href);
}

foldMenu();
askFirst();
sendOnce();
countCharacters();
showByCondition();
checkFiles();
warnOfExpiry();
goOn();
