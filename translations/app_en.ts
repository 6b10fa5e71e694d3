<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="it_IT">
<context>
    <name>Address</name>
    <message>
        <source>Scrivere l&apos;indirizzo del server: lo comunica l&apos;assistenza, ad esempio https://servizi.comune.it</source>
        <translation>Enter the address of the server: support will give it to you, for example https://servizi.comune.it</translation>
    </message>
    <message>
        <source>L&apos;indirizzo del server non è scritto bene: deve somigliare a https://servizi.comune.it</source>
        <translation>The address of the server is not well written: it must look like https://servizi.comune.it</translation>
    </message>
    <message>
        <source>Per proteggere la password l&apos;indirizzo del server deve cominciare con https://</source>
        <translation>To protect the password the address of the server must begin with https://</translation>
    </message>
    <message>
        <source>Scrivere il nome breve dell&apos;ente: lettere minuscole, cifre e trattini, ad esempio rovereto</source>
        <translation>Enter the short name of the body: small letters, digits and hyphens, for example rovereto</translation>
    </message>
</context>
<context>
    <name>AllegatiWidget</name>
    <message>
        <source>Scarica file</source>
        <translation>Download file</translation>
    </message>
    <message>
        <source>Apri</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Questo tipo di file si può solo scaricare</source>
        <translation>This kind of file can only be downloaded</translation>
    </message>
    <message>
        <source>File allegati</source>
        <translation>Attached files</translation>
    </message>
    <message>
        <source>Il richiedente non ha allegato file.</source>
        <translation>The applicant attached no files.</translation>
    </message>
    <message>
        <source>Nome del file</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>Descrizione</source>
        <translation>Description</translation>
    </message>
</context>
<context>
    <name>AllegatoPage</name>
    <message>
        <source>Passo 2 di 2 - Allega</source>
        <translation>Step 2 of 2 - Attach</translation>
    </message>
    <message>
        <source>Allega documentazione richiesta</source>
        <translation>Attach the requested documents</translation>
    </message>
    <message>
        <source>Carica un nuovo file..</source>
        <translation>Upload a new file..</translation>
    </message>
    <message>
        <source>Togli il file</source>
        <translation>Remove the file</translation>
    </message>
</context>
<context>
    <name>DatiWidget</name>
    <message>
        <source>Informazioni presentate</source>
        <translation>Information submitted</translation>
    </message>
    <message>
        <source>Data e ora di presentazione</source>
        <translation>Date and time of submission</translation>
    </message>
    <message>
        <source>Stato corrente</source>
        <translation>Current state</translation>
    </message>
    <message>
        <source>Servizio</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Ente</source>
        <translation>Public body</translation>
    </message>
</context>
<context>
    <name>DecisionePage</name>
    <message>
        <source>Passo 1 di 2 - Approva</source>
        <translation>Step 1 of 2 - Approve</translation>
    </message>
    <message>
        <source>Approva o rifiuta la pratica</source>
        <translation>Approve or reject the request</translation>
    </message>
    <message>
        <source>Approva</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Rigetta</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>Esprimi una motivazione sull&apos;esito</source>
        <translation>Give a reason for the outcome</translation>
    </message>
</context>
<context>
    <name>DocumentiWidget</name>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Waiting for a protocol number</translation>
    </message>
    <message>
        <source>Apri</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>La richiesta è stata accettata</source>
        <translation>The request has been accepted</translation>
    </message>
    <message>
        <source>La richiesta è stata rifiutata</source>
        <translation>The request has been refused</translation>
    </message>
    <message>
        <source>Documentazione inoltrata all&apos;Ente</source>
        <translation>Documents sent to the public body</translation>
    </message>
    <message>
        <source>Protocollo</source>
        <translation>Protocol</translation>
    </message>
    <message>
        <source>Scarica il modulo compilato</source>
        <translation>Download the filled-in form</translation>
    </message>
    <message>
        <source>Modulo %1 compilato il %2</source>
        <translation>Form %1 filled in on %2</translation>
    </message>
    <message>
        <source>Protocollo risposta</source>
        <translation>Protocol of the response</translation>
    </message>
    <message>
        <source>Scarica il file di risposta</source>
        <translation>Download the response</translation>
    </message>
    <message>
        <source>Scarica</source>
        <translation>Download</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>La sessione è scaduta: occorre entrare di nuovo.</source>
        <translation>The session has expired: please log in again.</translation>
    </message>
    <message>
        <source>Non si è abilitati a questa operazione.</source>
        <translation>You are not enabled for this operation.</translation>
    </message>
    <message>
        <source>Il server non conosce ciò che è stato chiesto: controllare indirizzo del server ed ente.</source>
        <translation>The server does not know what was asked: check the address of the server and the body.</translation>
    </message>
    <message>
        <source>Il file è troppo grande per il server.</source>
        <translation>The file is too large for the server.</translation>
    </message>
    <message>
        <source>Troppe richieste in poco tempo: attendere qualche minuto e riprovare.</source>
        <translation>Too many requests in a short time: wait some minutes and try again.</translation>
    </message>
    <message>
        <source>Il server ha avuto un problema. Riprovare tra poco; se continua, avvisare l&apos;assistenza.</source>
        <translation>The server had a problem. Try again soon; if it goes on, tell support.</translation>
    </message>
    <message>
        <source>Il server ha rifiutato la richiesta senza dire perché. Se continua, avvisare l&apos;assistenza.</source>
        <translation>The server refused the request without saying why. If it goes on, tell support.</translation>
    </message>
    <message>
        <source>Si può riprovare tra %1 secondi.</source>
        <translation>You can try again in %1 seconds.</translation>
    </message>
    <message>
        <source>Si può riprovare tra %1 minuti.</source>
        <translation>You can try again in %1 minutes.</translation>
    </message>
    <message>
        <source>il suo certificato non è valido</source>
        <translation>its certificate is not valid</translation>
    </message>
    <message>
        <source>Il collegamento con %1 non è sicuro (%2). Per prudenza non è stato inviato nulla: avvisare l&apos;assistenza.</source>
        <translation>The connection with %1 is not safe (%2). To be careful nothing was sent: tell support.</translation>
    </message>
    <message>
        <source>Il server %1 non si trova: controllare l&apos;indirizzo e il collegamento alla rete.</source>
        <translation>The server %1 cannot be found: check the address and the network connection.</translation>
    </message>
    <message>
        <source>Il server %1 in questo momento non risponde.</source>
        <translation>The server %1 is not answering at the moment.</translation>
    </message>
    <message>
        <source>Il collegamento con %1 si è interrotto.</source>
        <translation>The connection with %1 was interrupted.</translation>
    </message>
    <message>
        <source>Il server rimanda a un altro indirizzo, che non è stato seguito: controllare l&apos;indirizzo del server.</source>
        <translation>The server points to another address, which was not followed: check the address of the server.</translation>
    </message>
    <message>
        <source>La risposta del server non è comprensibile: forse l&apos;indirizzo non è quello della Stanza del cittadino, o il programma è da aggiornare.</source>
        <translation>The answer of the server cannot be understood: perhaps the address is not that of the Stanza del cittadino, or the program needs an update.</translation>
    </message>
    <message>
        <source>La risposta del server è troppo grande e non è stata letta: avvisare l&apos;assistenza.</source>
        <translation>The answer of the server is too large and was not read: tell support.</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>La Stanza del Cittadino - area operatori</source>
        <translation>La Stanza del Cittadino - operators&apos; area</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>https://servizi.comune.it</source>
        <translation>https://servizi.comune.it</translation>
    </message>
    <message>
        <source>Ente</source>
        <translation>Public body</translation>
    </message>
    <message>
        <source>rovereto</source>
        <translation>rovereto</translation>
    </message>
    <message>
        <source>Username</source>
        <translation>Username</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Ricordami</source>
        <translation>Remember me</translation>
    </message>
    <message>
        <source>Al prossimo avvio si entra senza password, se questo computer ha un portachiavi</source>
        <translation>At the next start no password is asked, if this computer has a keychain</translation>
    </message>
    <message>
        <source>Hai dimenticato la password?</source>
        <translation>Forgot your password?</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Second factor code</translation>
    </message>
</context>
<context>
    <name>PraticheModel</name>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Waiting for a protocol number</translation>
    </message>
</context>
<context>
    <name>PresaInCarico</name>
    <message>
        <source>Confermi la presa in carico della pratica %1?</source>
        <translation type="vanished">Do you confirm taking the request %1 in charge?</translation>
    </message>
    <message>
        <source>Richiedente: %1
Protocollo: %2</source>
        <translation type="vanished">Applicant: %1
Protocol: %2</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation type="vanished">No, cancel</translation>
    </message>
    <message>
        <source>Sì, sono sicuro</source>
        <translation type="vanished">Yes, I am sure</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Indirizzo del server.</source>
        <translation type="vanished">Address of the server.</translation>
    </message>
    <message>
        <source>Nome breve dell&apos;ente.</source>
        <translation type="vanished">Short name of the body.</translation>
    </message>
</context>
<context>
    <name>sdc::app::AllegatoPage</name>
    <message>
        <source>Per questo servizio serve il certificato firmato digitalmente (.p7m).</source>
        <translation>This service needs the digitally signed certificate (.p7m).</translation>
    </message>
    <message>
        <source>Il file è facoltativo; al massimo 20 MB.</source>
        <translation>The file is optional; 20 MB at most.</translation>
    </message>
    <message>
        <source>Nessun file scelto</source>
        <translation>No file chosen</translation>
    </message>
    <message>
        <source>Caricare il certificato firmato digitalmente (.p7m).</source>
        <translation>Upload the digitally signed certificate (.p7m).</translation>
    </message>
    <message>
        <source>Il file non c&apos;è più o non si può leggere: sceglierlo di nuovo.</source>
        <translation>The file is no longer there or cannot be read: choose it again.</translation>
    </message>
    <message>
        <source>Il file è vuoto: sceglierne un altro.</source>
        <translation>The file is empty: choose another one.</translation>
    </message>
    <message>
        <source>Il file è troppo grande: al massimo 20 MB.</source>
        <translation>The file is too large: 20 MB at most.</translation>
    </message>
    <message>
        <source>Serve il certificato firmato digitalmente: un file che termina con .p7m.</source>
        <translation>The digitally signed certificate is needed: a file that ends in .p7m.</translation>
    </message>
</context>
<context>
    <name>sdc::app::AzioniRiga</name>
    <message>
        <source>Vedi dettaglio</source>
        <translation>See details</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Take charge</translation>
    </message>
    <message>
        <source>Scegliere una riga per agire sulla pratica.</source>
        <translation>Choose a row to act on the request.</translation>
    </message>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Waiting for a protocol number</translation>
    </message>
    <message>
        <source>Decisa da %1</source>
        <translation>Decided by %1</translation>
    </message>
    <message>
        <source>In carico a %1</source>
        <translation>In charge of %1</translation>
    </message>
    <message>
        <source>Si potrà prendere in carico appena avrà il numero di protocollo.</source>
        <translation>It can be taken in charge as soon as it has its protocol number.</translation>
    </message>
</context>
<context>
    <name>sdc::app::BusyBar</name>
    <message>
        <source>Attesa del server</source>
        <translation>Waiting for the server</translation>
    </message>
</context>
<context>
    <name>sdc::app::Client</name>
    <message>
        <source>Il file %1 non si può leggere.</source>
        <translation>The file %1 cannot be read.</translation>
    </message>
</context>
<context>
    <name>sdc::app::DecisionePage</name>
    <message>
        <source>Scegliere se approvare o rigettare la pratica.</source>
        <translation>Choose whether to approve or reject the request.</translation>
    </message>
    <message>
        <source>Il rigetto va motivato: scrivere al cittadino perché la richiesta non è accolta.</source>
        <translation>A rejection needs a reason: tell the citizen why the request is not granted.</translation>
    </message>
    <message>
        <source>La motivazione è troppo lunga: al massimo 10.000 caratteri.</source>
        <translation>The reason is too long: 10,000 characters at most.</translation>
    </message>
    <message>
        <source>%1 di %2 caratteri</source>
        <translation>%1 of %2 characters</translation>
    </message>
</context>
<context>
    <name>sdc::app::ElenchiTabs</name>
    <message>
        <source>Pratiche da gestire</source>
        <translation>Requests to handle</translation>
    </message>
    <message>
        <source>Pratiche da assegnare</source>
        <translation>Requests to assign</translation>
    </message>
    <message>
        <source>Pratiche concluse</source>
        <translation>Concluded requests</translation>
    </message>
    <message>
        <source>Tutte le pratiche dell&apos;ente</source>
        <translation>All requests of the body</translation>
    </message>
    <message>
        <source>Elenchi di pratiche</source>
        <translation>Lists of requests</translation>
    </message>
</context>
<context>
    <name>sdc::app::ElencoVuoto</name>
    <message>
        <source>Aggiorna</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>Ancora nessuna pratica dei tuoi servizi ha avuto un esito.</source>
        <translation>No request of your services has been decided yet.</translation>
    </message>
    <message>
        <source>I cittadini non hanno ancora inviato pratiche per i tuoi servizi.</source>
        <translation>Citizens have not yet sent requests for your services.</translation>
    </message>
    <message>
        <source>In questo elenco nulla corrisponde a &quot;%1&quot;. Si può cercare per numero di protocollo, richiedente, servizio.</source>
        <translation>Nothing in this list matches &quot;%1&quot;. You can search by protocol number, applicant, service.</translation>
    </message>
    <message>
        <source>Nessuna pratica in questo elenco</source>
        <translation>No request in this list</translation>
    </message>
    <message>
        <source>Nessuna pratica trovata</source>
        <translation>No request found</translation>
    </message>
    <message>
        <source>Nessuna pratica è in carico a te. Quelle che aspettano un operatore sono in &quot;Pratiche da assegnare&quot;.</source>
        <translation>No request is in your charge. Those that wait for an operator are among the requests to assign.</translation>
    </message>
    <message>
        <source>Togli la ricerca</source>
        <translation>Clear the search</translation>
    </message>
    <message>
        <source>Tutte le pratiche inviate hanno già un operatore. Le nuove compariranno qui da sole.</source>
        <translation>All requests sent already have an operator. New ones will appear here by themselves.</translation>
    </message>
    <message>
        <source>Vai alle pratiche da assegnare</source>
        <translation>Go to the requests to assign</translation>
    </message>
</context>
<context>
    <name>sdc::app::EsitoWizard</name>
    <message>
        <source>Approva</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Allega</source>
        <translation>Attach</translation>
    </message>
    <message>
        <source>Torna alla pratica</source>
        <translation>Back to the request</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Indietro</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Ricomincia</source>
        <translation>Start again</translation>
    </message>
    <message>
        <source>Avanti</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Invia</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>Esprimi un esito sulla pratica ed eventualmente una motivazione</source>
        <translation>Give the outcome of the request and, if needed, a reason</translation>
    </message>
    <message>
        <source>Allega documentazione richiesta</source>
        <translation>Attach the requested documents</translation>
    </message>
    <message>
        <source>Carica un nuovo file..</source>
        <translation>Upload a new file..</translation>
    </message>
    <message>
        <source>File firmati (*.p7m *.P7M)</source>
        <translation>Signed files (*.p7m *.P7M)</translation>
    </message>
    <message>
        <source>Approvare la pratica %1?</source>
        <translation>Approve the request %1?</translation>
    </message>
    <message>
        <source>Rigettare la pratica %1?</source>
        <translation>Reject the request %1?</translation>
    </message>
    <message>
        <source>L&apos;esito viene comunicato a %1 e non si può più cambiare.</source>
        <translation>The outcome is sent to %1 and can no longer be changed.</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>No, cancel</translation>
    </message>
    <message>
        <source>Sì, approva</source>
        <translation>Yes, approve</translation>
    </message>
    <message>
        <source>Sì, rigetta</source>
        <translation>Yes, reject</translation>
    </message>
    <message>
        <source>Invio dell&apos;esito</source>
        <translation>Sending the outcome</translation>
    </message>
    <message>
        <source>Quanto scritto è rimasto.</source>
        <translation>What was written has been kept.</translation>
    </message>
    <message>
        <source>Rivedi la pratica</source>
        <translation>Look at the request</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Non si sa se l&apos;esito sia arrivato: rivedere la pratica, oppure inviarlo di nuovo, perché lo stesso esito non viene registrato due volte.</source>
        <translation>It is not known whether the outcome has arrived: look at the request, or send it again, as the same outcome is not recorded twice.</translation>
    </message>
    <message>
        <source>L&apos;esito non è stato inviato, perché la sessione era scaduta.</source>
        <translation>The outcome was not sent, because the session had expired.</translation>
    </message>
    <message>
        <source>L&apos;invio è stato annullato: l&apos;esito non è stato inviato.</source>
        <translation>The sending was cancelled: the outcome was not sent.</translation>
    </message>
    <message>
        <source>L&apos;esito non è stato inviato.</source>
        <translation>The outcome was not sent.</translation>
    </message>
    <message>
        <source>L&apos;esito di %1 è ancora in viaggio: attendere che arrivi.</source>
        <translation>The outcome of %1 is still on its way: wait until it arrives.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Exchange</name>
    <message>
        <source>Non si può scrivere il file %1: %2</source>
        <translation>The file %1 cannot be written: %2</translation>
    </message>
    <message>
        <source>Operazione annullata.</source>
        <translation>Cancelled.</translation>
    </message>
</context>
<context>
    <name>sdc::app::HeaderBar</name>
    <message>
        <source>Cerca pratiche...</source>
        <translation>Search requests...</translation>
    </message>
    <message>
        <source>Cerca per protocollo, richiedente, servizio</source>
        <translation>Search by protocol, applicant, service</translation>
    </message>
    <message>
        <source>Lingua</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Aiuto</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>logout</source>
        <translation>logout</translation>
    </message>
    <message>
        <source>Il tuo accesso</source>
        <translation>Your account</translation>
    </message>
    <message>
        <source>in linea</source>
        <translation>online</translation>
    </message>
    <message>
        <source>fuori linea</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>Il mio accesso</source>
        <translation>My access</translation>
    </message>
</context>
<context>
    <name>sdc::app::HelpView</name>
    <message>
        <source>I quattro elenchi del pannello di controllo</source>
        <translation>The four lists of the dashboard</translation>
    </message>
    <message>
        <source>Cerca pratiche</source>
        <translation>Search requests</translation>
    </message>
    <message>
        <source>Invio</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Vedi dettaglio della pratica scelta</source>
        <translation>Details of the selected request</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Take charge</translation>
    </message>
    <message>
        <source>Elabora</source>
        <translation>Process</translation>
    </message>
    <message>
        <source>Indietro</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Pratica precedente</source>
        <translation>Previous request</translation>
    </message>
    <message>
        <source>Pratica successiva</source>
        <translation>Next request</translation>
    </message>
    <message>
        <source>Aggiorna</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>Questa pagina</source>
        <translation>This page</translation>
    </message>
    <message>
        <source>Tasti</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Aiuto</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Avanti, e Invia, in un esito</source>
        <translation>Next, and Send, in an outcome</translation>
    </message>
    <message>
        <source>Rilascia</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Scarica il modulo compilato</source>
        <translation>Download the compiled form</translation>
    </message>
    <message>
        <source>Ordina l&apos;elenco</source>
        <translation>Sort the list</translation>
    </message>
    <message>
        <source>Togli la ricerca</source>
        <translation>Leave the search</translation>
    </message>
    <message>
        <source>Gli elenchi si aggiornano da soli quando arriva qualcosa. Quanto si scrive in un esito resta anche se si lascia la pagina, se cade la linea o se si esce.</source>
        <translation>The lists update by themselves when something arrives. What you write in an outcome stays even if you leave the page, lose the line or log out.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Loading</name>
    <message>
        <source>Riprova</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>sdc::app::LoginPage</name>
    <message>
        <source>Il server non ha ancora risposto.</source>
        <translation>The server has not answered yet.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>La sessione ricordata è scaduta: scrivere di nuovo la password.</source>
        <translation>The remembered session has expired: enter the password again.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Scrivere il proprio nome utente.</source>
        <translation>Enter your username.</translation>
    </message>
    <message>
        <source>Scrivere la password.</source>
        <translation>Enter the password.</translation>
    </message>
    <message>
        <source>Il server non ha aperto la sessione: avvisare l&apos;assistenza.</source>
        <translation>The server did not open the session: tell support.</translation>
    </message>
    <message>
        <source>Su questo computer non c&apos;è un portachiavi sicuro, quindi la sessione non può essere ricordata: al prossimo avvio verrà chiesta di nuovo la password.</source>
        <translation>This computer has no safe keychain, so the session cannot be remembered: at the next start the password will be asked again.</translation>
    </message>
    <message>
        <source>Scrivere il codice che mostra il telefono, o un codice di recupero.</source>
        <translation>Type the code shown on your phone, or a recovery code.</translation>
    </message>
</context>
<context>
    <name>sdc::app::MainWindow</name>
    <message>
        <source>La sessione è scaduta. Scrivere la password per continuare: la pagina e quanto scritto sono rimasti.</source>
        <translation>The session has expired. Enter the password to go on: the page and what you wrote are still there.</translation>
    </message>
    <message>
        <source>No, resta</source>
        <translation>No, stay</translation>
    </message>
    <message>
        <source>Sì, esci</source>
        <translation>Yes, leave</translation>
    </message>
    <message>
        <source>Chiudere lasciando un lavoro a metà?</source>
        <translation>Close and leave work unfinished?</translation>
    </message>
    <message>
        <source>Sì, chiudi</source>
        <translation>Yes, close</translation>
    </message>
    <message>
        <source>Uscire lasciando un lavoro a metà?</source>
        <translation>Log out and leave work unfinished?</translation>
    </message>
    <message>
        <source>C&apos;è un esito che il server non ha potuto conservare, o un file in viaggio: uscendo andrà perso.</source>
        <translation>There is an outcome that the server could not keep, or a file on its way: it will be lost when you log out.</translation>
    </message>
    <message>
        <source>C&apos;è un esito o un file in viaggio: chiudendo si interrompe. Quanto scritto resta.</source>
        <translation>An outcome or a file is on its way: closing interrupts it. What you wrote stays.</translation>
    </message>
    <message>
        <source>C&apos;è un esito che non si è potuto conservare: chiudendo andrà perso.</source>
        <translation>There is an outcome that could not be kept: it will be lost when you close.</translation>
    </message>
</context>
<context>
    <name>sdc::app::MetricheView</name>
    <message>
        <source>Servizi attivi</source>
        <translation>Active services</translation>
    </message>
    <message>
        <source>Pratiche per anno</source>
        <translation>Requests per year</translation>
    </message>
    <message>
        <source>Metriche di utilizzo</source>
        <translation>Usage figures</translation>
    </message>
    <message>
        <source>Servizi attivi: %1</source>
        <translation>Active services: %1</translation>
    </message>
    <message>
        <source>Pratiche del %1: %2</source>
        <translation>Requests of %1: %2</translation>
    </message>
</context>
<context>
    <name>sdc::app::MioAccessoView</name>
    <message>
        <source>Il mio accesso</source>
        <translation>My access</translation>
    </message>
    <message>
        <source>Conferma</source>
        <translation>Confirmation</translation>
    </message>
    <message>
        <source>Per cambiare password e secondo fattore serve la password di ora.</source>
        <translation>To change password and second factor your present password is needed.</translation>
    </message>
    <message>
        <source>Password attuale</source>
        <translation>Present password</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Second factor code</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Almeno 10 caratteri, qualsiasi: una frase è più facile da ricordare e più difficile da indovinare.</source>
        <translation>At least 10 characters of any kind: a sentence is easier to remember and harder to guess.</translation>
    </message>
    <message>
        <source>Nuova password</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>Ripeti la nuova password</source>
        <translation>Repeat the new password</translation>
    </message>
    <message>
        <source>Cambia la password</source>
        <translation>Change the password</translation>
    </message>
    <message>
        <source>Secondo fattore</source>
        <translation>Second factor</translation>
    </message>
    <message>
        <source>Attiva il secondo fattore</source>
        <translation>Turn on the second factor</translation>
    </message>
    <message>
        <source>Inquadra il codice QR con il programma di autenticazione del telefono, o scrivi il segreto; poi scrivi qui il codice di 6 cifre che mostra.</source>
        <translation>Scan the QR code with your phone&apos;s authenticator app, or type the secret; then type here the 6-digit code it shows.</translation>
    </message>
    <message>
        <source>Codice QR</source>
        <translation>QR code</translation>
    </message>
    <message>
        <source>Segreto</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>Codice di 6 cifre</source>
        <translation>6-digit code</translation>
    </message>
    <message>
        <source>Conferma il codice</source>
        <translation>Confirm the code</translation>
    </message>
    <message>
        <source>Codici di recupero</source>
        <translation>Recovery codes</translation>
    </message>
    <message>
        <source>Altri accessi</source>
        <translation>Other sessions</translation>
    </message>
    <message>
        <source>Esci da tutti gli altri accessi</source>
        <translation>Sign out of all other sessions</translation>
    </message>
    <message>
        <source>Gli altri accessi sono stati chiusi.</source>
        <translation>The other sessions have been closed.</translation>
    </message>
    <message>
        <source>Disattiva il secondo fattore</source>
        <translation>Turn off the second factor</translation>
    </message>
    <message>
        <source>È attivo: all&apos;accesso serve anche il codice del telefono. Codici di recupero rimasti: %1.</source>
        <translation>It is on: signing in also needs the phone&apos;s code. Recovery codes left: %1.</translation>
    </message>
    <message>
        <source>Non è attivo: per entrare basta la password.</source>
        <translation>It is off: the password alone is enough to sign in.</translation>
    </message>
    <message>
        <source>Non ci sono altri accessi aperti.</source>
        <translation>There are no other open sessions.</translation>
    </message>
    <message>
        <source>Altri accessi aperti: %1.</source>
        <translation>Other open sessions: %1.</translation>
    </message>
    <message>
        <source>Scrivere la password attuale.</source>
        <translation>Type your present password.</translation>
    </message>
    <message>
        <source>Le due password nuove non sono uguali.</source>
        <translation>The two new passwords are not the same.</translation>
    </message>
    <message>
        <source>La password è stata cambiata; gli altri accessi sono stati chiusi.</source>
        <translation>The password has been changed; the other sessions have been closed.</translation>
    </message>
    <message>
        <source>Il secondo fattore è stato disattivato.</source>
        <translation>The second factor has been turned off.</translation>
    </message>
    <message>
        <source>Codici di recupero, ognuno vale una volta, se il telefono non è a portata di mano. Conservali ora: non saranno mostrati di nuovo.</source>
        <translation>Recovery codes, each valid once, for when the phone is not at hand. Keep them now: they will not be shown again.</translation>
    </message>
    <message>
        <source>Il secondo fattore è attivo.</source>
        <translation>The second factor is on.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Navigation</name>
    <message>
        <source>Pagine</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Pannello di controllo</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Configurazione di protocollo</source>
        <translation>Protocol settings</translation>
    </message>
    <message>
        <source>Metriche di utilizzo</source>
        <translation>Usage figures</translation>
    </message>
    <message>
        <source>Operatori</source>
        <translation>Staff</translation>
    </message>
</context>
<context>
    <name>sdc::app::OperatoreDialog</name>
    <message>
        <source>Tutti i servizi, anche futuri</source>
        <translation>All services, future ones too</translation>
    </message>
    <message>
        <source>Salva</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Nuovo operatore</source>
        <translation>New staff member</translation>
    </message>
    <message>
        <source>Modifica operatore</source>
        <translation>Edit staff member</translation>
    </message>
    <message>
        <source>Nome utente</source>
        <translation>Username</translation>
    </message>
    <message>
        <source>Nome</source>
        <translation>First name</translation>
    </message>
    <message>
        <source>Cognome</source>
        <translation>Surname</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Email</translation>
    </message>
    <message>
        <source>Operatore</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Amministratore</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Ruolo</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Servizi abilitati</source>
        <translation>Enabled services</translation>
    </message>
    <message>
        <source>L&apos;operatore riceve per email un link per scegliere la password.</source>
        <translation>The staff member receives a link by email to choose the password.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>L&apos;operatore è stato aggiunto: riceve per email un link per scegliere la password.</source>
        <translation>The staff member has been added and receives a link by email to choose the password.</translation>
    </message>
    <message>
        <source>Le modifiche sono state salvate.</source>
        <translation>The changes have been saved.</translation>
    </message>
</context>
<context>
    <name>sdc::app::OperatoriView</name>
    <message>
        <source>Registro delle attività...</source>
        <translation>Activity log...</translation>
    </message>
    <message>
        <source>Nuovo operatore</source>
        <translation>New staff member</translation>
    </message>
    <message>
        <source>Modifica</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Disabilita</source>
        <translation>Disable</translation>
    </message>
    <message>
        <source>Invia il link per la password</source>
        <translation>Send the password link</translation>
    </message>
    <message>
        <source>Il link per scegliere la password è stato inviato.</source>
        <translation>The link to choose the password has been sent.</translation>
    </message>
    <message>
        <source>Disattiva il secondo fattore</source>
        <translation>Turn off the second factor</translation>
    </message>
    <message>
        <source>Il secondo fattore è stato disattivato.</source>
        <translation>The second factor has been turned off.</translation>
    </message>
    <message>
        <source>Operatori</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>Chi è disabilitato perde subito l&apos;accesso; le pratiche che ha in carico restano sue, finché non sono rilasciate.</source>
        <translation>Whoever is disabled loses access at once; the applications in their charge stay theirs until they are released.</translation>
    </message>
    <message>
        <source>Cognome e nome</source>
        <translation>Surname and first name</translation>
    </message>
    <message>
        <source>Nome utente</source>
        <translation>Username</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Email</translation>
    </message>
    <message>
        <source>Ruolo</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Servizi abilitati</source>
        <translation>Enabled services</translation>
    </message>
    <message>
        <source>Secondo fattore</source>
        <translation>Second factor</translation>
    </message>
    <message>
        <source>Stato</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Tutti</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Amministratore</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Operatore</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Attivo</source>
        <translation>On</translation>
    </message>
    <message>
        <source>Abilitato</source>
        <translation>Enabled</translation>
    </message>
    <message>
        <source>Disabilitato</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>Riabilita</source>
        <translation>Enable</translation>
    </message>
    <message>
        <source>L&apos;operatore è di nuovo abilitato.</source>
        <translation>The staff member is enabled again.</translation>
    </message>
    <message>
        <source>Disabilitare %1 %2?</source>
        <translation>Disable %1 %2?</translation>
    </message>
    <message>
        <source>Perde subito l&apos;accesso, anche dove è già entrato. Le pratiche che ha in carico restano sue.</source>
        <translation>They lose access at once, also where they are signed in. The applications in their charge stay theirs.</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>No, cancel</translation>
    </message>
    <message>
        <source>Sì, disabilita</source>
        <translation>Yes, disable</translation>
    </message>
    <message>
        <source>L&apos;operatore è stato disabilitato.</source>
        <translation>The staff member has been disabled.</translation>
    </message>
    <message>
        <source>Disattivare il secondo fattore di %1 %2?</source>
        <translation>Turn off the second factor of %1 %2?</translation>
    </message>
    <message>
        <source>Da quel momento per entrare basta la sua password. Fallo solo per chi ha perso il telefono e i codici di recupero, e dopo averlo riconosciuto di persona.</source>
        <translation>From then on the password is enough to log in. Do it only for somebody who has lost both telephone and recovery codes, and whom you have recognised in person.</translation>
    </message>
    <message>
        <source>Sì, disattiva</source>
        <translation>Yes, turn it off</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticaView</name>
    <message>
        <source>Il server non ha ancora risposto.</source>
        <translation>The server has not answered yet.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Torna all&apos;elenco</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>Precedente</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>Successiva</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>File salvato: %1</source>
        <translation>File saved: %1</translation>
    </message>
    <message>
        <source>Iter della pratica</source>
        <translation>Course of the request</translation>
    </message>
    <message>
        <source>In carico a te</source>
        <translation>In your charge</translation>
    </message>
    <message>
        <source>In carico a %1</source>
        <translation>In charge of %1</translation>
    </message>
    <message>
        <source>Nessuno l&apos;ha ancora presa in carico</source>
        <translation>Nobody has taken charge yet</translation>
    </message>
    <message>
        <source>Elabora</source>
        <translation>Process</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Take charge</translation>
    </message>
    <message>
        <source>Rilascia</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>No, cancel</translation>
    </message>
    <message>
        <source>Rilasciare la pratica %1?</source>
        <translation>Release the request %1?</translation>
    </message>
    <message>
        <source>Sì, rilascia</source>
        <translation>Yes, release</translation>
    </message>
    <message>
        <source>Decisa da te</source>
        <translation>Decided by you</translation>
    </message>
    <message>
        <source>Decisa da %1</source>
        <translation>Decided by %1</translation>
    </message>
    <message>
        <source>Il server non ha ancora confermato l&apos;operazione.</source>
        <translation>The server has not yet confirmed the operation.</translation>
    </message>
    <message>
        <source>Tornerà tra le pratiche da assegnare e un altro operatore potrà prenderla in carico. Un esito iniziato va perso.</source>
        <translation>It will be back among the requests to assign, and another operator can take it in charge. An outcome begun is lost.</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheModel</name>
    <message>
        <source>Prendi in carico</source>
        <translation>Take charge</translation>
    </message>
    <message>
        <source>Vedi dettaglio</source>
        <translation>See details</translation>
    </message>
    <message>
        <source>Protocollo</source>
        <translation>Protocol</translation>
    </message>
    <message>
        <source>Richiedente</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>Servizio</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Categoria</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>Data di compilazione</source>
        <translation>Date of filling in</translation>
    </message>
    <message>
        <source>Stato</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Azione</source>
        <translation>Action</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheTable</name>
    <message>
        <source>Ordina</source>
        <translation>Sort</translation>
    </message>
    <message>
        <source>Pratiche</source>
        <translation>Requests</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheView</name>
    <message>
        <source>Il server non ha ancora mandato l&apos;elenco.</source>
        <translation>The server has not yet sent the list.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source> L&apos;elenco è quello ricevuto per ultimo.</source>
        <translation> The list is the one received last.</translation>
    </message>
    <message>
        <source>Elenco ricevuto il %1 alle %2</source>
        <translation>List received on %1 at %2</translation>
    </message>
    <message>
        <source>Il server non ha ancora confermato la presa in carico.</source>
        <translation>The server has not yet confirmed the taking in charge.</translation>
    </message>
</context>
<context>
    <name>sdc::app::ProtocolloView</name>
    <message>
        <source>Servizio</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Configurazione di protocollo</source>
        <translation>Protocol settings</translation>
    </message>
    <message>
        <source>Per modificarli contattare l&apos;assistenza</source>
        <translation>To change them contact the help desk</translation>
    </message>
    <message>
        <source>Gestore del protocollo: %1. Questi sono i valori usati per ogni servizio.</source>
        <translation>Protocol manager: %1. These are the values used for each service.</translation>
    </message>
</context>
<context>
    <name>sdc::app::RicercaTrovata</name>
    <message>
        <source>Togli la ricerca</source>
        <translation>Clear the search</translation>
    </message>
    <message>
        <source>Più di %1 trovate con &quot;%2&quot;: ecco le più recenti. Aggiungi una parola per restringere.</source>
        <translation>More than %1 found with &quot;%2&quot;: these are the newest. Add a word to narrow it down.</translation>
    </message>
    <message>
        <source>1 trovata con &quot;%1&quot;</source>
        <translation>1 found with &quot;%1&quot;</translation>
    </message>
    <message>
        <source>%1 trovate con &quot;%2&quot;</source>
        <translation>%1 found with &quot;%2&quot;</translation>
    </message>
</context>
<context>
    <name>sdc::app::Scarico</name>
    <message>
        <source>Scarica file</source>
        <translation>Download file</translation>
    </message>
    <message>
        <source>Non si può creare la cartella temporanea: liberare spazio su disco.</source>
        <translation>The temporary folder cannot be made: free some space on the disk.</translation>
    </message>
    <message>
        <source>Su questo computer nessun programma apre %1: si può scaricare il file e aprirlo altrove.</source>
        <translation>No program on this computer opens %1: you can download the file and open it elsewhere.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Shell</name>
    <message>
        <source>La lingua scelta sarà usata dal prossimo avvio.</source>
        <translation>The chosen language will be used from the next start.</translation>
    </message>
    <message>
        <source>La pratica è in carico a te: ora si può elaborare.</source>
        <translation>The request is in your charge: it can now be processed.</translation>
    </message>
    <message>
        <source>Esito inviato. La risposta viene protocollata e comunicata al richiedente.</source>
        <translation>Outcome sent. The response is being registered and sent to the applicant.</translation>
    </message>
    <message>
        <source>%1 da gestire, %2 da assegnare</source>
        <translation>%1 to handle, %2 to assign</translation>
    </message>
    <message>
        <source>aggiornato alle %1</source>
        <translation>updated at %1</translation>
    </message>
    <message>
        <source>Vedi dettaglio</source>
        <translation>See details</translation>
    </message>
    <message>
        <source>L&apos;esito della pratica %1 è stato inviato.</source>
        <translation>The outcome of the request %1 was sent.</translation>
    </message>
    <message>
        <source>Pratica %1: %2</source>
        <translation>Request %1: %2</translation>
    </message>
    <message>
        <source>Torna all&apos;esito</source>
        <translation>Back to the outcome</translation>
    </message>
</context>
<context>
    <name>sdc::app::Stepper</name>
    <message>
        <source>Passo %1 di %2: %3</source>
        <translation>Step %1 of %2: %3</translation>
    </message>
</context>
<context>
    <name>sdc::app::Strip</name>
    <message>
        <source>Chiudi avviso</source>
        <translation>Close notice</translation>
    </message>
</context>
<context>
    <name>sdc::app::TransferBar</name>
    <message>
        <source>Avanzamento del file</source>
        <translation>Progress of the file</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>%1: %2 di %3</source>
        <translation>%1: %2 of %3</translation>
    </message>
</context>
<context>
    <name>sdc::app::ConfermaDialog</name>
    <message>
        <source>Conferma</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Conferma dell&apos;identità</source>
        <translation>Confirm who you are</translation>
    </message>
    <message>
        <source>Questa operazione può dare a qualcuno un accesso: scrivere la propria password. Per cinque minuti non sarà chiesta di nuovo.</source>
        <translation>This can give somebody access: type your password. You will not be asked again for five minutes.</translation>
    </message>
    <message>
        <source>La tua password</source>
        <translation>Your password</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Code of the second factor</translation>
    </message>
    <message>
        <source>Ogni codice vale una volta: se è appena servito per entrare, aspettare il prossimo.</source>
        <translation>Each code works once: if you have just used it to log in, wait for the next one.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Scrivere la password.</source>
        <translation>Type the password.</translation>
    </message>
</context>
<context>
    <name>sdc::app::RegistroDialog</name>
    <message>
        <source>Registro delle attività</source>
        <translation>Activity log</translation>
    </message>
    <message>
        <source>Salva con nome...</source>
        <translation>Save as...</translation>
    </message>
    <message>
        <source>Chi ha fatto che cosa, e quando: accessi, letture di dati personali, modifiche. Il file è firmato dal server, e l&apos;esportazione stessa resta nel registro.</source>
        <translation>Who did what, and when: logins, readings of personal data, changes. The file is signed by the server, and the export itself stays in the log.</translation>
    </message>
    <message>
        <source>CSV, per i fogli di calcolo</source>
        <translation>CSV, for spreadsheets</translation>
    </message>
    <message>
        <source>JSON, una riga per attività</source>
        <translation>JSON, a line for each activity</translation>
    </message>
    <message>
        <source>Dal giorno</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Al giorno, compreso</source>
        <translation>To, included</translation>
    </message>
    <message>
        <source>Formato</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Chiudi</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Il primo giorno viene dopo l&apos;ultimo.</source>
        <translation>The first day comes after the last one.</translation>
    </message>
    <message>
        <source>Salva il registro</source>
        <translation>Save the log</translation>
    </message>
    <message>
        <source>File salvato: %1</source>
        <translation>File saved: %1</translation>
    </message>
</context>
</TS>
