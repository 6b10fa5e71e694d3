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

// Two minutes before the session ends, or half of it where it is shorter, its dialog asks whether to stay. The end is a
// moment by the clock, not a wait: a tab that slept finds out when it wakes; tabs share it, the last page loaded knows best.
function warnOfExpiry() {
  const dialog = document.querySelector("dialog[data-sessione]");
  if (!dialog?.showModal) return;
  const { sessione, nome } = dialog.dataset;
  const part = (name) => all(`[data-${name}]`, dialog);
  const state = { end: 0, last: dialog.dataset.ultima === "si", told: Infinity, dismissed: 0 };
  const warning = Math.min(120, sessione / 2);
  const keep = (seconds, last) => {
    Object.assign(state, { end: Date.now() + seconds * 1000, last, told: Infinity });
    try {
      localStorage.setItem(nome, `${state.end} ${last}`);
    } catch {}
  };
  const read = () => {
    try {
      const [end, last] = (localStorage.getItem(nome) ?? "").split(" ");
      if (Number(end)) Object.assign(state, { end: Number(end), last: last === "true" });
    } catch {}
  };
  const show = (left) => {
    part("prima").forEach((e) => (e.hidden = left <= 0));
    if (left > 0) part("prolungabile").forEach((e) => (e.hidden = state.last));
    part("non-prolungabile").forEach((e) => (e.hidden = e.matches("p") ? left <= 0 || !state.last : left > 0 && !state.last));
    part("finita").forEach((e) => (e.hidden = left > 0));
    part("resta")[0].textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const step = [0, 10, 30, 60, 120].find((s) => left <= s);
    const live = part("annuncio")[0];
    if (step < state.told) live.textContent = left > 0 ? live.dataset.testo.replace("{n}", left) : part("finita")[0].textContent;
    state.told = step ?? Infinity;
  };
  const look = () => {
    read();
    const left = Math.max(0, Math.ceil((state.end - Date.now()) / 1000));
    if (left > warning) {
      if (dialog.open) dialog.close();
      return;
    }
    show(left);
    // Who closed it by hand is told once more at the end.
    const stage = `${state.end} ${left > 0}`;
    if (!dialog.open && state.dismissed !== stage) dialog.showModal();
    state.dismissed = stage;
  };
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const body = new URLSearchParams(new FormData(form));
    // Who has no session any more is led to the login: that answer is none of an open session.
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error" }).catch(() => null);
    const failure = part("non-rinnovata")[0];
    failure.hidden = Boolean(answer?.ok);
    if (!answer?.ok) return;
    const { secondi, ultima } = await answer.json();
    keep(secondi, ultima);
    // Nothing more to win: the dialog has said until when.
    if (ultima) dialog.close();
    look();
  });
  keep(Number(sessione), state.last);
  setInterval(look, 1000);
  for (const event of ["visibilitychange", "pageshow", "focus"]) addEventListener(event, look);
  look();
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
