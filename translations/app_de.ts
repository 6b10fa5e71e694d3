<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="it_IT">
<context>
    <name>Address</name>
    <message>
        <source>Scrivere l&apos;indirizzo del server: lo comunica l&apos;assistenza, ad esempio https://servizi.comune.it</source>
        <translation>Die Adresse des Servers eingeben: Sie erhalten sie vom Kundendienst, zum Beispiel https://servizi.comune.it</translation>
    </message>
    <message>
        <source>L&apos;indirizzo del server non è scritto bene: deve somigliare a https://servizi.comune.it</source>
        <translation>Die Adresse des Servers ist nicht richtig geschrieben: sie muss wie https://servizi.comune.it aussehen</translation>
    </message>
    <message>
        <source>Per proteggere la password l&apos;indirizzo del server deve cominciare con https://</source>
        <translation>Zum Schutz des Passworts muss die Adresse des Servers mit https:// beginnen</translation>
    </message>
    <message>
        <source>Scrivere il nome breve dell&apos;ente: lettere minuscole, cifre e trattini, ad esempio rovereto</source>
        <translation>Den Kurznamen der Körperschaft eingeben: Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel rovereto</translation>
    </message>
</context>
<context>
    <name>AllegatiWidget</name>
    <message>
        <source>Scarica file</source>
        <translation>Datei herunterladen</translation>
    </message>
    <message>
        <source>Apri</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Questo tipo di file si può solo scaricare</source>
        <translation>Diese Dateiart kann nur heruntergeladen werden</translation>
    </message>
    <message>
        <source>File allegati</source>
        <translation>Angehängte Dateien</translation>
    </message>
    <message>
        <source>Il richiedente non ha allegato file.</source>
        <translation>Der Antragsteller hat keine Dateien angehängt.</translation>
    </message>
    <message>
        <source>Nome del file</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Descrizione</source>
        <translation>Beschreibung</translation>
    </message>
</context>
<context>
    <name>AllegatoPage</name>
    <message>
        <source>Passo 2 di 2 - Allega</source>
        <translation>Schritt 2 von 2 - Anhängen</translation>
    </message>
    <message>
        <source>Allega documentazione richiesta</source>
        <translation>Angeforderte Unterlagen anhängen</translation>
    </message>
    <message>
        <source>Carica un nuovo file..</source>
        <translation>Neue Datei hochladen..</translation>
    </message>
    <message>
        <source>Togli il file</source>
        <translation>Datei entfernen</translation>
    </message>
</context>
<context>
    <name>DatiWidget</name>
    <message>
        <source>Informazioni presentate</source>
        <translation>Eingereichte Angaben</translation>
    </message>
    <message>
        <source>Data e ora di presentazione</source>
        <translation>Datum und Uhrzeit der Einreichung</translation>
    </message>
    <message>
        <source>Stato corrente</source>
        <translation>Aktueller Status</translation>
    </message>
    <message>
        <source>Servizio</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Ente</source>
        <translation>Körperschaft</translation>
    </message>
</context>
<context>
    <name>DecisionePage</name>
    <message>
        <source>Passo 1 di 2 - Approva</source>
        <translation>Schritt 1 von 2 - Genehmigen</translation>
    </message>
    <message>
        <source>Approva o rifiuta la pratica</source>
        <translation>Den Antrag genehmigen oder ablehnen</translation>
    </message>
    <message>
        <source>Approva</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Rigetta</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Esprimi una motivazione sull&apos;esito</source>
        <translation>Begründung der Entscheidung</translation>
    </message>
</context>
<context>
    <name>DocumentiWidget</name>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Wartet auf Protokollierung</translation>
    </message>
    <message>
        <source>Apri</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>La richiesta è stata accettata</source>
        <translation>Dem Antrag wurde stattgegeben</translation>
    </message>
    <message>
        <source>La richiesta è stata rifiutata</source>
        <translation>Der Antrag wurde abgelehnt</translation>
    </message>
    <message>
        <source>Documentazione inoltrata all&apos;Ente</source>
        <translation>An die Körperschaft übermittelte Unterlagen</translation>
    </message>
    <message>
        <source>Protocollo</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Scarica il modulo compilato</source>
        <translation>Ausgefülltes Formular herunterladen</translation>
    </message>
    <message>
        <source>Modulo %1 compilato il %2</source>
        <translation>Formular %1 ausgefüllt am %2</translation>
    </message>
    <message>
        <source>Protocollo risposta</source>
        <translation>Protokoll der Antwort</translation>
    </message>
    <message>
        <source>Scarica il file di risposta</source>
        <translation>Antwort herunterladen</translation>
    </message>
    <message>
        <source>Scarica</source>
        <translation>Herunterladen</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>La sessione è scaduta: occorre entrare di nuovo.</source>
        <translation>Die Sitzung ist abgelaufen: Bitte melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Non si è abilitati a questa operazione.</source>
        <translation>Sie sind zu diesem Vorgang nicht ermächtigt.</translation>
    </message>
    <message>
        <source>Il server non conosce ciò che è stato chiesto: controllare indirizzo del server ed ente.</source>
        <translation>Der Server kennt das Angefragte nicht: Adresse des Servers und Körperschaft prüfen.</translation>
    </message>
    <message>
        <source>Il file è troppo grande per il server.</source>
        <translation>Die Datei ist zu groß für den Server.</translation>
    </message>
    <message>
        <source>Troppe richieste in poco tempo: attendere qualche minuto e riprovare.</source>
        <translation>Zu viele Anfragen in kurzer Zeit: einige Minuten warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>Il server ha avuto un problema. Riprovare tra poco; se continua, avvisare l&apos;assistenza.</source>
        <translation>Der Server hatte ein Problem. Bald erneut versuchen; wenn es andauert, den Kundendienst verständigen.</translation>
    </message>
    <message>
        <source>Il server ha rifiutato la richiesta senza dire perché. Se continua, avvisare l&apos;assistenza.</source>
        <translation>Der Server hat die Anfrage ohne Begründung abgelehnt. Wenn es andauert, den Kundendienst verständigen.</translation>
    </message>
    <message>
        <source>Si può riprovare tra %1 secondi.</source>
        <translation>In %1 Sekunden kann es erneut versucht werden.</translation>
    </message>
    <message>
        <source>Si può riprovare tra %1 minuti.</source>
        <translation>In %1 Minuten kann es erneut versucht werden.</translation>
    </message>
    <message>
        <source>il suo certificato non è valido</source>
        <translation>sein Zertifikat ist nicht gültig</translation>
    </message>
    <message>
        <source>Il collegamento con %1 non è sicuro (%2). Per prudenza non è stato inviato nulla: avvisare l&apos;assistenza.</source>
        <translation>Die Verbindung mit %1 ist nicht sicher (%2). Vorsichtshalber wurde nichts gesendet: den Kundendienst verständigen.</translation>
    </message>
    <message>
        <source>Il server %1 non si trova: controllare l&apos;indirizzo e il collegamento alla rete.</source>
        <translation>Der Server %1 ist nicht zu finden: Adresse und Netzverbindung prüfen.</translation>
    </message>
    <message>
        <source>Il server %1 in questo momento non risponde.</source>
        <translation>Der Server %1 antwortet derzeit nicht.</translation>
    </message>
    <message>
        <source>Il collegamento con %1 si è interrotto.</source>
        <translation>Die Verbindung mit %1 wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Il server rimanda a un altro indirizzo, che non è stato seguito: controllare l&apos;indirizzo del server.</source>
        <translation>Der Server verweist auf eine andere Adresse, der nicht gefolgt wurde: die Adresse des Servers prüfen.</translation>
    </message>
    <message>
        <source>La risposta del server non è comprensibile: forse l&apos;indirizzo non è quello della Stanza del cittadino, o il programma è da aggiornare.</source>
        <translation>Die Antwort des Servers ist nicht verständlich: vielleicht ist es nicht die Adresse der Stanza del cittadino, oder das Programm muss aktualisiert werden.</translation>
    </message>
    <message>
        <source>La risposta del server è troppo grande e non è stata letta: avvisare l&apos;assistenza.</source>
        <translation>Die Antwort des Servers ist zu groß und wurde nicht gelesen: den Kundendienst verständigen.</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Login</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>La Stanza del Cittadino - area operatori</source>
        <translation>La Stanza del Cittadino - Bereich für Sachbearbeiter</translation>
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
        <translation>Körperschaft</translation>
    </message>
    <message>
        <source>rovereto</source>
        <translation>rovereto</translation>
    </message>
    <message>
        <source>Username</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Ricordami</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>Al prossimo avvio si entra senza password, se questo computer ha un portachiavi</source>
        <translation>Beim nächsten Start wird kein Passwort verlangt, wenn dieser Computer einen Schlüsselbund hat</translation>
    </message>
    <message>
        <source>Hai dimenticato la password?</source>
        <translation>Passwort vergessen?</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Code des zweiten Faktors</translation>
    </message>
</context>
<context>
    <name>PraticheModel</name>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Wartet auf Protokollierung</translation>
    </message>
</context>
<context>
    <name>PresaInCarico</name>
    <message>
        <source>Confermi la presa in carico della pratica %1?</source>
        <translation type="vanished">Übernahme des Vorgangs %1 bestätigen?</translation>
    </message>
    <message>
        <source>Richiedente: %1
Protocollo: %2</source>
        <translation type="vanished">Antragstellende Person: %1
Protokoll: %2</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation type="vanished">Nein, abbrechen</translation>
    </message>
    <message>
        <source>Sì, sono sicuro</source>
        <translation type="vanished">Ja, ich bin sicher</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Indirizzo del server.</source>
        <translation type="vanished">Adresse des Servers.</translation>
    </message>
    <message>
        <source>Nome breve dell&apos;ente.</source>
        <translation type="vanished">Kurzname der Körperschaft.</translation>
    </message>
</context>
<context>
    <name>sdc::app::AllegatoPage</name>
    <message>
        <source>Per questo servizio serve il certificato firmato digitalmente (.p7m).</source>
        <translation>Für diesen Dienst ist die digital signierte Bescheinigung (.p7m) erforderlich.</translation>
    </message>
    <message>
        <source>Il file è facoltativo; al massimo 20 MB.</source>
        <translation>Die Datei ist freiwillig; höchstens 20 MB.</translation>
    </message>
    <message>
        <source>Nessun file scelto</source>
        <translation>Keine Datei gewählt</translation>
    </message>
    <message>
        <source>Caricare il certificato firmato digitalmente (.p7m).</source>
        <translation>Die digital signierte Bescheinigung (.p7m) hochladen.</translation>
    </message>
    <message>
        <source>Il file non c&apos;è più o non si può leggere: sceglierlo di nuovo.</source>
        <translation>Die Datei ist nicht mehr da oder nicht lesbar: erneut auswählen.</translation>
    </message>
    <message>
        <source>Il file è vuoto: sceglierne un altro.</source>
        <translation>Die Datei ist leer: eine andere auswählen.</translation>
    </message>
    <message>
        <source>Il file è troppo grande: al massimo 20 MB.</source>
        <translation>Die Datei ist zu groß: höchstens 20 MB.</translation>
    </message>
    <message>
        <source>Serve il certificato firmato digitalmente: un file che termina con .p7m.</source>
        <translation>Benötigt wird die digital signierte Bescheinigung: eine Datei mit der Endung .p7m.</translation>
    </message>
</context>
<context>
    <name>sdc::app::AzioniRiga</name>
    <message>
        <source>Vedi dettaglio</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Scegliere una riga per agire sulla pratica.</source>
        <translation>Wählen Sie eine Zeile, um den Antrag zu bearbeiten.</translation>
    </message>
    <message>
        <source>In attesa di protocollazione</source>
        <translation>Wartet auf Protokollierung</translation>
    </message>
    <message>
        <source>Decisa da %1</source>
        <translation>Von %1 entschieden</translation>
    </message>
    <message>
        <source>In carico a %1</source>
        <translation>Übernommen von %1</translation>
    </message>
    <message>
        <source>Si potrà prendere in carico appena avrà il numero di protocollo.</source>
        <translation>Kann übernommen werden, sobald die Protokollnummer vorliegt.</translation>
    </message>
</context>
<context>
    <name>sdc::app::BusyBar</name>
    <message>
        <source>Attesa del server</source>
        <translation>Warten auf den Server</translation>
    </message>
</context>
<context>
    <name>sdc::app::Client</name>
    <message>
        <source>Il file %1 non si può leggere.</source>
        <translation>Die Datei %1 ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>sdc::app::DecisionePage</name>
    <message>
        <source>Scegliere se approvare o rigettare la pratica.</source>
        <translation>Wählen Sie, ob der Antrag genehmigt oder abgelehnt wird.</translation>
    </message>
    <message>
        <source>Il rigetto va motivato: scrivere al cittadino perché la richiesta non è accolta.</source>
        <translation>Eine Ablehnung ist zu begründen: Schreiben Sie, warum dem Antrag nicht stattgegeben wird.</translation>
    </message>
    <message>
        <source>La motivazione è troppo lunga: al massimo 10.000 caratteri.</source>
        <translation>Die Begründung ist zu lang: höchstens 10.000 Zeichen.</translation>
    </message>
    <message>
        <source>%1 di %2 caratteri</source>
        <translation>%1 von %2 Zeichen</translation>
    </message>
</context>
<context>
    <name>sdc::app::ElenchiTabs</name>
    <message>
        <source>Pratiche da gestire</source>
        <translation>Zu bearbeitende Anträge</translation>
    </message>
    <message>
        <source>Pratiche da assegnare</source>
        <translation>Zuzuweisende Anträge</translation>
    </message>
    <message>
        <source>Pratiche concluse</source>
        <translation>Abgeschlossene Anträge</translation>
    </message>
    <message>
        <source>Tutte le pratiche dell&apos;ente</source>
        <translation>Alle Anträge der Körperschaft</translation>
    </message>
    <message>
        <source>Elenchi di pratiche</source>
        <translation>Antragslisten</translation>
    </message>
</context>
<context>
    <name>sdc::app::ElencoVuoto</name>
    <message>
        <source>Aggiorna</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Ancora nessuna pratica dei tuoi servizi ha avuto un esito.</source>
        <translation>Noch kein Vorgang Ihrer Dienste wurde entschieden.</translation>
    </message>
    <message>
        <source>I cittadini non hanno ancora inviato pratiche per i tuoi servizi.</source>
        <translation>Für Ihre Dienste haben die Bürgerinnen und Bürger noch keine Vorgänge gesendet.</translation>
    </message>
    <message>
        <source>In questo elenco nulla corrisponde a &quot;%1&quot;. Si può cercare per numero di protocollo, richiedente, servizio.</source>
        <translation>In dieser Liste entspricht nichts &quot;%1&quot;. Gesucht werden kann nach Protokollnummer, antragstellender Person, Dienst.</translation>
    </message>
    <message>
        <source>Nessuna pratica in questo elenco</source>
        <translation>Kein Antrag in dieser Liste</translation>
    </message>
    <message>
        <source>Nessuna pratica trovata</source>
        <translation>Kein Antrag gefunden</translation>
    </message>
    <message>
        <source>Nessuna pratica è in carico a te. Quelle che aspettano un operatore sono in &quot;Pratiche da assegnare&quot;.</source>
        <translation>Sie haben keinen Vorgang übernommen. Die wartenden finden sich unter den zuzuweisenden Vorgängen.</translation>
    </message>
    <message>
        <source>Togli la ricerca</source>
        <translation>Suche aufheben</translation>
    </message>
    <message>
        <source>Tutte le pratiche inviate hanno già un operatore. Le nuove compariranno qui da sole.</source>
        <translation>Alle gesendeten Vorgänge sind bereits übernommen. Neue erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>Vai alle pratiche da assegnare</source>
        <translation>Zu den zuzuweisenden Anträgen</translation>
    </message>
</context>
<context>
    <name>sdc::app::EsitoWizard</name>
    <message>
        <source>Approva</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Allega</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Torna alla pratica</source>
        <translation>Zurück zum Antrag</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Indietro</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Ricomincia</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Avanti</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Invia</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Esprimi un esito sulla pratica ed eventualmente una motivazione</source>
        <translation>Entscheiden Sie über den Antrag und geben Sie gegebenenfalls eine Begründung an</translation>
    </message>
    <message>
        <source>Allega documentazione richiesta</source>
        <translation>Angeforderte Unterlagen anhängen</translation>
    </message>
    <message>
        <source>Carica un nuovo file..</source>
        <translation>Neue Datei hochladen..</translation>
    </message>
    <message>
        <source>File firmati (*.p7m *.P7M)</source>
        <translation>Signierte Dateien (*.p7m *.P7M)</translation>
    </message>
    <message>
        <source>Approvare la pratica %1?</source>
        <translation>Den Antrag %1 genehmigen?</translation>
    </message>
    <message>
        <source>Rigettare la pratica %1?</source>
        <translation>Den Antrag %1 ablehnen?</translation>
    </message>
    <message>
        <source>L&apos;esito viene comunicato a %1 e non si può più cambiare.</source>
        <translation>Die Entscheidung wird %1 mitgeteilt und kann nicht mehr geändert werden.</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>Nein, abbrechen</translation>
    </message>
    <message>
        <source>Sì, approva</source>
        <translation>Ja, genehmigen</translation>
    </message>
    <message>
        <source>Sì, rigetta</source>
        <translation>Ja, ablehnen</translation>
    </message>
    <message>
        <source>Invio dell&apos;esito</source>
        <translation>Senden der Entscheidung</translation>
    </message>
    <message>
        <source>Quanto scritto è rimasto.</source>
        <translation>Das Geschriebene ist erhalten geblieben.</translation>
    </message>
    <message>
        <source>Rivedi la pratica</source>
        <translation>Antrag ansehen</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Non si sa se l&apos;esito sia arrivato: rivedere la pratica, oppure inviarlo di nuovo, perché lo stesso esito non viene registrato due volte.</source>
        <translation>Ob die Entscheidung angekommen ist, ist nicht bekannt: den Vorgang ansehen oder sie erneut senden, denn dieselbe Entscheidung wird nicht zweimal eingetragen.</translation>
    </message>
    <message>
        <source>L&apos;esito non è stato inviato, perché la sessione era scaduta.</source>
        <translation>Die Entscheidung wurde nicht gesendet, weil die Sitzung abgelaufen war.</translation>
    </message>
    <message>
        <source>L&apos;invio è stato annullato: l&apos;esito non è stato inviato.</source>
        <translation>Das Senden wurde abgebrochen: die Entscheidung wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>L&apos;esito non è stato inviato.</source>
        <translation>Die Entscheidung wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>L&apos;esito di %1 è ancora in viaggio: attendere che arrivi.</source>
        <translation>Die Entscheidung zu %1 ist noch unterwegs: warten, bis sie ankommt.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Exchange</name>
    <message>
        <source>Non si può scrivere il file %1: %2</source>
        <translation>Die Datei %1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Operazione annullata.</source>
        <translation>Vorgang abgebrochen.</translation>
    </message>
</context>
<context>
    <name>sdc::app::HeaderBar</name>
    <message>
        <source>Cerca pratiche...</source>
        <translation>Anträge suchen...</translation>
    </message>
    <message>
        <source>Cerca per protocollo, richiedente, servizio</source>
        <translation>Nach Protokoll, Antragsteller, Dienst suchen</translation>
    </message>
    <message>
        <source>Lingua</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Aiuto</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>logout</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Il tuo accesso</source>
        <translation>Ihr Zugang</translation>
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
        <translation>Mein Zugang</translation>
    </message>
</context>
<context>
    <name>sdc::app::HelpView</name>
    <message>
        <source>I quattro elenchi del pannello di controllo</source>
        <translation>Die vier Listen der Übersicht</translation>
    </message>
    <message>
        <source>Cerca pratiche</source>
        <translation>Anträge suchen</translation>
    </message>
    <message>
        <source>Invio</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Vedi dettaglio della pratica scelta</source>
        <translation>Einzelheiten des gewählten Antrags</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Elabora</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Indietro</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Pratica precedente</source>
        <translation>Vorheriger Antrag</translation>
    </message>
    <message>
        <source>Pratica successiva</source>
        <translation>Nächster Antrag</translation>
    </message>
    <message>
        <source>Aggiorna</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Questa pagina</source>
        <translation>Diese Seite</translation>
    </message>
    <message>
        <source>Tasti</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Aiuto</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Avanti, e Invia, in un esito</source>
        <translation>Weiter, und Senden, in einer Entscheidung</translation>
    </message>
    <message>
        <source>Rilascia</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Scarica il modulo compilato</source>
        <translation>Ausgefülltes Formular herunterladen</translation>
    </message>
    <message>
        <source>Ordina l&apos;elenco</source>
        <translation>Liste sortieren</translation>
    </message>
    <message>
        <source>Togli la ricerca</source>
        <translation>Suche aufheben</translation>
    </message>
    <message>
        <source>Gli elenchi si aggiornano da soli quando arriva qualcosa. Quanto si scrive in un esito resta anche se si lascia la pagina, se cade la linea o se si esce.</source>
        <translation>Die Listen aktualisieren sich von selbst, wenn etwas eintrifft. Was in einer Entscheidung geschrieben wird, bleibt auch beim Verlassen der Seite, bei unterbrochener Verbindung oder beim Abmelden erhalten.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Loading</name>
    <message>
        <source>Riprova</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>sdc::app::LoginPage</name>
    <message>
        <source>Il server non ha ancora risposto.</source>
        <translation>Der Server hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>La sessione ricordata è scaduta: scrivere di nuovo la password.</source>
        <translation>Die gemerkte Sitzung ist abgelaufen: das Passwort erneut eingeben.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Scrivere il proprio nome utente.</source>
        <translation>Geben Sie Ihren Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Scrivere la password.</source>
        <translation>Geben Sie das Passwort ein.</translation>
    </message>
    <message>
        <source>Il server non ha aperto la sessione: avvisare l&apos;assistenza.</source>
        <translation>Der Server hat die Sitzung nicht geöffnet: den Kundendienst verständigen.</translation>
    </message>
    <message>
        <source>Su questo computer non c&apos;è un portachiavi sicuro, quindi la sessione non può essere ricordata: al prossimo avvio verrà chiesta di nuovo la password.</source>
        <translation>Auf diesem Computer gibt es keinen sicheren Schlüsselbund, daher kann die Sitzung nicht gemerkt werden: beim nächsten Start wird das Passwort erneut verlangt.</translation>
    </message>
    <message>
        <source>Scrivere il codice che mostra il telefono, o un codice di recupero.</source>
        <translation>Geben Sie den Code ein, den das Telefon zeigt, oder einen Wiederherstellungscode.</translation>
    </message>
</context>
<context>
    <name>sdc::app::MainWindow</name>
    <message>
        <source>La sessione è scaduta. Scrivere la password per continuare: la pagina e quanto scritto sono rimasti.</source>
        <translation>Die Sitzung ist abgelaufen. Zum Fortfahren das Passwort eingeben: die Seite und das Geschriebene sind erhalten.</translation>
    </message>
    <message>
        <source>No, resta</source>
        <translation>Nein, bleiben</translation>
    </message>
    <message>
        <source>Sì, esci</source>
        <translation>Ja, abmelden</translation>
    </message>
    <message>
        <source>Chiudere lasciando un lavoro a metà?</source>
        <translation>Schließen und eine Arbeit unfertig lassen?</translation>
    </message>
    <message>
        <source>Sì, chiudi</source>
        <translation>Ja, schließen</translation>
    </message>
    <message>
        <source>Uscire lasciando un lavoro a metà?</source>
        <translation>Abmelden und eine Arbeit unfertig lassen?</translation>
    </message>
    <message>
        <source>C&apos;è un esito che il server non ha potuto conservare, o un file in viaggio: uscendo andrà perso.</source>
        <translation>Eine Entscheidung konnte vom Server nicht aufbewahrt werden, oder eine Datei ist unterwegs: beim Abmelden geht sie verloren.</translation>
    </message>
    <message>
        <source>C&apos;è un esito o un file in viaggio: chiudendo si interrompe. Quanto scritto resta.</source>
        <translation>Eine Entscheidung oder eine Datei ist unterwegs: beim Schließen wird sie abgebrochen. Das Geschriebene bleibt erhalten.</translation>
    </message>
    <message>
        <source>C&apos;è un esito che non si è potuto conservare: chiudendo andrà perso.</source>
        <translation>Eine Entscheidung konnte nicht aufbewahrt werden: beim Schließen geht sie verloren.</translation>
    </message>
</context>
<context>
    <name>sdc::app::MetricheView</name>
    <message>
        <source>Servizi attivi</source>
        <translation>Aktive Dienste</translation>
    </message>
    <message>
        <source>Pratiche per anno</source>
        <translation>Anträge pro Jahr</translation>
    </message>
    <message>
        <source>Metriche di utilizzo</source>
        <translation>Nutzungszahlen</translation>
    </message>
    <message>
        <source>Servizi attivi: %1</source>
        <translation>Aktive Dienste: %1</translation>
    </message>
    <message>
        <source>Pratiche del %1: %2</source>
        <translation>Vorgänge im Jahr %1: %2</translation>
    </message>
</context>
<context>
    <name>sdc::app::MioAccessoView</name>
    <message>
        <source>Il mio accesso</source>
        <translation>Mein Zugang</translation>
    </message>
    <message>
        <source>Conferma</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>Per cambiare password e secondo fattore serve la password di ora.</source>
        <translation>Um Passwort und zweiten Faktor zu ändern, ist das jetzige Passwort nötig.</translation>
    </message>
    <message>
        <source>Password attuale</source>
        <translation>Jetziges Passwort</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Code des zweiten Faktors</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Almeno 10 caratteri, qualsiasi: una frase è più facile da ricordare e più difficile da indovinare.</source>
        <translation>Mindestens 10 beliebige Zeichen: Ein Satz ist leichter zu merken und schwerer zu erraten.</translation>
    </message>
    <message>
        <source>Nuova password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>Ripeti la nuova password</source>
        <translation>Neues Passwort wiederholen</translation>
    </message>
    <message>
        <source>Cambia la password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>Secondo fattore</source>
        <translation>Zweiter Faktor</translation>
    </message>
    <message>
        <source>Attiva il secondo fattore</source>
        <translation>Zweiten Faktor aktivieren</translation>
    </message>
    <message>
        <source>Inquadra il codice QR con il programma di autenticazione del telefono, o scrivi il segreto; poi scrivi qui il codice di 6 cifre che mostra.</source>
        <translation>Scannen Sie den QR-Code mit der Authentifizierungs-App des Telefons oder geben Sie das Geheimnis ein; geben Sie dann hier den angezeigten 6-stelligen Code ein.</translation>
    </message>
    <message>
        <source>Codice QR</source>
        <translation>QR-Code</translation>
    </message>
    <message>
        <source>Segreto</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>Codice di 6 cifre</source>
        <translation>6-stelliger Code</translation>
    </message>
    <message>
        <source>Conferma il codice</source>
        <translation>Code bestätigen</translation>
    </message>
    <message>
        <source>Codici di recupero</source>
        <translation>Wiederherstellungscodes</translation>
    </message>
    <message>
        <source>Altri accessi</source>
        <translation>Andere Sitzungen</translation>
    </message>
    <message>
        <source>Esci da tutti gli altri accessi</source>
        <translation>Alle anderen Sitzungen beenden</translation>
    </message>
    <message>
        <source>Gli altri accessi sono stati chiusi.</source>
        <translation>Die anderen Sitzungen wurden beendet.</translation>
    </message>
    <message>
        <source>Disattiva il secondo fattore</source>
        <translation>Zweiten Faktor deaktivieren</translation>
    </message>
    <message>
        <source>È attivo: all&apos;accesso serve anche il codice del telefono. Codici di recupero rimasti: %1.</source>
        <translation>Er ist aktiv: Bei der Anmeldung ist auch der Code des Telefons nötig. Verbleibende Wiederherstellungscodes: %1.</translation>
    </message>
    <message>
        <source>Non è attivo: per entrare basta la password.</source>
        <translation>Er ist nicht aktiv: Zum Anmelden genügt das Passwort.</translation>
    </message>
    <message>
        <source>Non ci sono altri accessi aperti.</source>
        <translation>Es gibt keine anderen offenen Sitzungen.</translation>
    </message>
    <message>
        <source>Altri accessi aperti: %1.</source>
        <translation>Andere offene Sitzungen: %1.</translation>
    </message>
    <message>
        <source>Scrivere la password attuale.</source>
        <translation>Geben Sie das jetzige Passwort ein.</translation>
    </message>
    <message>
        <source>Le due password nuove non sono uguali.</source>
        <translation>Die zwei neuen Passwörter stimmen nicht überein.</translation>
    </message>
    <message>
        <source>La password è stata cambiata; gli altri accessi sono stati chiusi.</source>
        <translation>Das Passwort wurde geändert; die anderen Sitzungen wurden beendet.</translation>
    </message>
    <message>
        <source>Il secondo fattore è stato disattivato.</source>
        <translation>Der zweite Faktor wurde deaktiviert.</translation>
    </message>
    <message>
        <source>Codici di recupero, ognuno vale una volta, se il telefono non è a portata di mano. Conservali ora: non saranno mostrati di nuovo.</source>
        <translation>Wiederherstellungscodes, jeder gilt einmal, wenn das Telefon nicht zur Hand ist. Bewahren Sie sie jetzt auf: Sie werden nicht noch einmal gezeigt.</translation>
    </message>
    <message>
        <source>Il secondo fattore è attivo.</source>
        <translation>Der zweite Faktor ist aktiv.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Navigation</name>
    <message>
        <source>Pagine</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pannello di controllo</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Configurazione di protocollo</source>
        <translation>Protokolleinstellungen</translation>
    </message>
    <message>
        <source>Metriche di utilizzo</source>
        <translation>Nutzungszahlen</translation>
    </message>
    <message>
        <source>Operatori</source>
        <translation>Sachbearbeiter</translation>
    </message>
</context>
<context>
    <name>sdc::app::OperatoreDialog</name>
    <message>
        <source>Tutti i servizi, anche futuri</source>
        <translation>Alle Dienste, auch künftige</translation>
    </message>
    <message>
        <source>Salva</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Nuovo operatore</source>
        <translation>Neuer Sachbearbeiter</translation>
    </message>
    <message>
        <source>Modifica operatore</source>
        <translation>Sachbearbeiter ändern</translation>
    </message>
    <message>
        <source>Nome utente</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Nome</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Cognome</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Operatore</source>
        <translation>Sachbearbeiter</translation>
    </message>
    <message>
        <source>Amministratore</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Ruolo</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Servizi abilitati</source>
        <translation>Freigegebene Dienste</translation>
    </message>
    <message>
        <source>L&apos;operatore riceve per email un link per scegliere la password.</source>
        <translation>Der Sachbearbeiter erhält per E-Mail einen Link, um das Passwort zu wählen.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>L&apos;operatore è stato aggiunto: riceve per email un link per scegliere la password.</source>
        <translation>Der Sachbearbeiter wurde hinzugefügt und erhält per E-Mail einen Link, um das Passwort zu wählen.</translation>
    </message>
    <message>
        <source>Le modifiche sono state salvate.</source>
        <translation>Die Änderungen wurden gespeichert.</translation>
    </message>
</context>
<context>
    <name>sdc::app::OperatoriView</name>
    <message>
        <source>Registro delle attività...</source>
        <translation>Aktivitätsprotokoll...</translation>
    </message>
    <message>
        <source>Nuovo operatore</source>
        <translation>Neuer Sachbearbeiter</translation>
    </message>
    <message>
        <source>Modifica</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Disabilita</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Invia il link per la password</source>
        <translation>Link für das Passwort senden</translation>
    </message>
    <message>
        <source>Il link per scegliere la password è stato inviato.</source>
        <translation>Der Link zur Wahl des Passworts wurde gesendet.</translation>
    </message>
    <message>
        <source>Disattiva il secondo fattore</source>
        <translation>Zweiten Faktor deaktivieren</translation>
    </message>
    <message>
        <source>Il secondo fattore è stato disattivato.</source>
        <translation>Der zweite Faktor wurde deaktiviert.</translation>
    </message>
    <message>
        <source>Operatori</source>
        <translation>Sachbearbeiter</translation>
    </message>
    <message>
        <source>Chi è disabilitato perde subito l&apos;accesso; le pratiche che ha in carico restano sue, finché non sono rilasciate.</source>
        <translation>Wer gesperrt ist, verliert sofort den Zugang; die übernommenen Anträge bleiben bei ihm, bis sie freigegeben werden.</translation>
    </message>
    <message>
        <source>Cognome e nome</source>
        <translation>Nachname und Vorname</translation>
    </message>
    <message>
        <source>Nome utente</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Ruolo</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Servizi abilitati</source>
        <translation>Freigegebene Dienste</translation>
    </message>
    <message>
        <source>Secondo fattore</source>
        <translation>Zweiter Faktor</translation>
    </message>
    <message>
        <source>Stato</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Tutti</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Amministratore</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Operatore</source>
        <translation>Sachbearbeiter</translation>
    </message>
    <message>
        <source>Attivo</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Abilitato</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Disabilitato</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Riabilita</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>L&apos;operatore è di nuovo abilitato.</source>
        <translation>Der Sachbearbeiter ist wieder freigegeben.</translation>
    </message>
    <message>
        <source>Disabilitare %1 %2?</source>
        <translation>%1 %2 sperren?</translation>
    </message>
    <message>
        <source>Perde subito l&apos;accesso, anche dove è già entrato. Le pratiche che ha in carico restano sue.</source>
        <translation>Der Zugang endet sofort, auch wo er schon angemeldet ist. Die übernommenen Anträge bleiben bei ihm.</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>Nein, abbrechen</translation>
    </message>
    <message>
        <source>Sì, disabilita</source>
        <translation>Ja, sperren</translation>
    </message>
    <message>
        <source>L&apos;operatore è stato disabilitato.</source>
        <translation>Der Sachbearbeiter wurde gesperrt.</translation>
    </message>
    <message>
        <source>Disattivare il secondo fattore di %1 %2?</source>
        <translation>Den zweiten Faktor von %1 %2 deaktivieren?</translation>
    </message>
    <message>
        <source>Da quel momento per entrare basta la sua password. Fallo solo per chi ha perso il telefono e i codici di recupero, e dopo averlo riconosciuto di persona.</source>
        <translation>Zum Anmelden genügt danach das Passwort. Tun Sie dies nur für Personen, die Telefon und Wiederherstellungscodes verloren haben und die Sie persönlich erkannt haben.</translation>
    </message>
    <message>
        <source>Sì, disattiva</source>
        <translation>Ja, deaktivieren</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticaView</name>
    <message>
        <source>Il server non ha ancora risposto.</source>
        <translation>Der Server hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Torna all&apos;elenco</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Precedente</source>
        <translation>Vorheriger</translation>
    </message>
    <message>
        <source>Successiva</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <source>File salvato: %1</source>
        <translation>Datei gespeichert: %1</translation>
    </message>
    <message>
        <source>Iter della pratica</source>
        <translation>Verlauf des Antrags</translation>
    </message>
    <message>
        <source>In carico a te</source>
        <translation>Von Ihnen übernommen</translation>
    </message>
    <message>
        <source>In carico a %1</source>
        <translation>Übernommen von %1</translation>
    </message>
    <message>
        <source>Nessuno l&apos;ha ancora presa in carico</source>
        <translation>Noch von niemandem übernommen</translation>
    </message>
    <message>
        <source>Elabora</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Prendi in carico</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Rilascia</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>No, annulla l&apos;operazione</source>
        <translation>Nein, abbrechen</translation>
    </message>
    <message>
        <source>Rilasciare la pratica %1?</source>
        <translation>Den Antrag %1 freigeben?</translation>
    </message>
    <message>
        <source>Sì, rilascia</source>
        <translation>Ja, freigeben</translation>
    </message>
    <message>
        <source>Decisa da te</source>
        <translation>Von Ihnen entschieden</translation>
    </message>
    <message>
        <source>Decisa da %1</source>
        <translation>Von %1 entschieden</translation>
    </message>
    <message>
        <source>Il server non ha ancora confermato l&apos;operazione.</source>
        <translation>Der Server hat den Vorgang noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>Tornerà tra le pratiche da assegnare e un altro operatore potrà prenderla in carico. Un esito iniziato va perso.</source>
        <translation>Der Vorgang kehrt zu den zuzuweisenden zurück und kann von jemand anderem übernommen werden. Eine begonnene Entscheidung geht verloren.</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheModel</name>
    <message>
        <source>Prendi in carico</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Vedi dettaglio</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Protocollo</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Richiedente</source>
        <translation>Antragsteller</translation>
    </message>
    <message>
        <source>Servizio</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Categoria</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Data di compilazione</source>
        <translation>Datum der Eingabe</translation>
    </message>
    <message>
        <source>Stato</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Azione</source>
        <translation>Aktion</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheTable</name>
    <message>
        <source>Ordina</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Pratiche</source>
        <translation>Anträge</translation>
    </message>
</context>
<context>
    <name>sdc::app::PraticheView</name>
    <message>
        <source>Il server non ha ancora mandato l&apos;elenco.</source>
        <translation>Der Server hat die Liste noch nicht gesendet.</translation>
    </message>
    <message>
        <source>Riprova</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source> L&apos;elenco è quello ricevuto per ultimo.</source>
        <translation> Die Liste ist die zuletzt erhaltene.</translation>
    </message>
    <message>
        <source>Elenco ricevuto il %1 alle %2</source>
        <translation>Liste erhalten am %1 um %2</translation>
    </message>
    <message>
        <source>Il server non ha ancora confermato la presa in carico.</source>
        <translation>Der Server hat die Übernahme noch nicht bestätigt.</translation>
    </message>
</context>
<context>
    <name>sdc::app::ProtocolloView</name>
    <message>
        <source>Servizio</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Configurazione di protocollo</source>
        <translation>Protokolleinstellungen</translation>
    </message>
    <message>
        <source>Per modificarli contattare l&apos;assistenza</source>
        <translation>Für Änderungen wenden Sie sich an den Kundendienst</translation>
    </message>
    <message>
        <source>Gestore del protocollo: %1. Questi sono i valori usati per ogni servizio.</source>
        <translation>Protokollverwaltung: %1. Dies sind die Werte, die für jeden Dienst verwendet werden.</translation>
    </message>
</context>
<context>
    <name>sdc::app::RicercaTrovata</name>
    <message>
        <source>Togli la ricerca</source>
        <translation>Suche aufheben</translation>
    </message>
    <message>
        <source>Più di %1 trovate con &quot;%2&quot;: ecco le più recenti. Aggiungi una parola per restringere.</source>
        <translation>Mehr als %1 mit &quot;%2&quot; gefunden: hier die neuesten. Ein weiteres Wort engt die Suche ein.</translation>
    </message>
    <message>
        <source>1 trovata con &quot;%1&quot;</source>
        <translation>1 gefunden mit &quot;%1&quot;</translation>
    </message>
    <message>
        <source>%1 trovate con &quot;%2&quot;</source>
        <translation>%1 gefunden mit &quot;%2&quot;</translation>
    </message>
</context>
<context>
    <name>sdc::app::Scarico</name>
    <message>
        <source>Scarica file</source>
        <translation>Datei herunterladen</translation>
    </message>
    <message>
        <source>Non si può creare la cartella temporanea: liberare spazio su disco.</source>
        <translation>Der temporäre Ordner kann nicht angelegt werden: Speicherplatz freigeben.</translation>
    </message>
    <message>
        <source>Su questo computer nessun programma apre %1: si può scaricare il file e aprirlo altrove.</source>
        <translation>Auf diesem Computer öffnet kein Programm %1: die Datei kann heruntergeladen und anderswo geöffnet werden.</translation>
    </message>
</context>
<context>
    <name>sdc::app::Shell</name>
    <message>
        <source>La lingua scelta sarà usata dal prossimo avvio.</source>
        <translation>Die gewählte Sprache wird ab dem nächsten Start verwendet.</translation>
    </message>
    <message>
        <source>La pratica è in carico a te: ora si può elaborare.</source>
        <translation>Sie haben den Antrag übernommen und können ihn bearbeiten.</translation>
    </message>
    <message>
        <source>Esito inviato. La risposta viene protocollata e comunicata al richiedente.</source>
        <translation>Entscheidung gesendet. Die Antwort wird protokolliert und mitgeteilt.</translation>
    </message>
    <message>
        <source>%1 da gestire, %2 da assegnare</source>
        <translation>%1 zu bearbeiten, %2 zuzuweisen</translation>
    </message>
    <message>
        <source>aggiornato alle %1</source>
        <translation>aktualisiert um %1</translation>
    </message>
    <message>
        <source>Vedi dettaglio</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>L&apos;esito della pratica %1 è stato inviato.</source>
        <translation>Die Entscheidung zum Vorgang %1 wurde gesendet.</translation>
    </message>
    <message>
        <source>Pratica %1: %2</source>
        <translation>Vorgang %1: %2</translation>
    </message>
    <message>
        <source>Torna all&apos;esito</source>
        <translation>Zurück zur Entscheidung</translation>
    </message>
</context>
<context>
    <name>sdc::app::Stepper</name>
    <message>
        <source>Passo %1 di %2: %3</source>
        <translation>Schritt %1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>sdc::app::Strip</name>
    <message>
        <source>Chiudi avviso</source>
        <translation>Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>sdc::app::TransferBar</name>
    <message>
        <source>Avanzamento del file</source>
        <translation>Fortschritt der Datei</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1: %2 di %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
</context>
<context>
    <name>sdc::app::ConfermaDialog</name>
    <message>
        <source>Conferma</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Conferma dell&apos;identità</source>
        <translation>Bestätigen Sie, wer Sie sind</translation>
    </message>
    <message>
        <source>Questa operazione può dare a qualcuno un accesso: scrivere la propria password. Per cinque minuti non sarà chiesta di nuovo.</source>
        <translation>Dieser Vorgang kann jemandem einen Zugang verschaffen: Geben Sie Ihr Passwort ein. Fünf Minuten lang wird nicht erneut danach gefragt.</translation>
    </message>
    <message>
        <source>La tua password</source>
        <translation>Ihr Passwort</translation>
    </message>
    <message>
        <source>Codice del secondo fattore</source>
        <translation>Code des zweiten Faktors</translation>
    </message>
    <message>
        <source>Ogni codice vale una volta: se è appena servito per entrare, aspettare il prossimo.</source>
        <translation>Jeder Code gilt einmal: Wenn Sie ihn eben zum Anmelden verwendet haben, warten Sie auf den nächsten.</translation>
    </message>
    <message>
        <source>Annulla</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Scrivere la password.</source>
        <translation>Geben Sie das Passwort ein.</translation>
    </message>
</context>
<context>
    <name>sdc::app::RegistroDialog</name>
    <message>
        <source>Registro delle attività</source>
        <translation>Aktivitätsprotokoll</translation>
    </message>
    <message>
        <source>Salva con nome...</source>
        <translation>Speichern unter...</translation>
    </message>
    <message>
        <source>Chi ha fatto che cosa, e quando: accessi, letture di dati personali, modifiche. Il file è firmato dal server, e l&apos;esportazione stessa resta nel registro.</source>
        <translation>Wer was wann getan hat: Anmeldungen, Einsicht in persönliche Daten, Änderungen. Die Datei ist vom Server signiert, und der Export selbst steht danach im Protokoll.</translation>
    </message>
    <message>
        <source>CSV, per i fogli di calcolo</source>
        <translation>CSV, für Tabellenkalkulationen</translation>
    </message>
    <message>
        <source>JSON, una riga per attività</source>
        <translation>JSON, eine Zeile je Aktivität</translation>
    </message>
    <message>
        <source>Dal giorno</source>
        <translation>Vom</translation>
    </message>
    <message>
        <source>Al giorno, compreso</source>
        <translation>Bis einschließlich</translation>
    </message>
    <message>
        <source>Formato</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Chiudi</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Il primo giorno viene dopo l&apos;ultimo.</source>
        <translation>Der erste Tag liegt nach dem letzten.</translation>
    </message>
    <message>
        <source>Salva il registro</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>File salvato: %1</source>
        <translation>Datei gespeichert: %1</translation>
    </message>
</context>
</TS>
