#include "tests/server/gateways/saml/esiti_risposta.h"

using namespace sdc;
using namespace sdc::tests;

/// What no parser should have to read is refused as no clean XML.
class TestRispostaXml : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatIsNoCleanXml_data();
    void refusesWhatIsNoCleanXml();
};

namespace {

void raw(const char* name, const std::string& message, const char* reason)
{
    QTest::newRow(name) << QByteArray::fromStdString(message) << QByteArray(reason);
}

void xml(const char* name, const std::string& text, const char* reason)
{
    raw(name, encoded(text), reason);
}

/// What a parser spends its time or its stack on.
void rowsOfBombs(const std::string& good, const std::string& body)
{
    std::string bomb = "<!DOCTYPE a [<!ENTITY a \"ahahahahah\">";
    for (char c = 'b'; c < 'k'; ++c)
        bomb += std::string("<!ENTITY ") + c + " \"" +
                changed("&x;&x;&x;&x;&x;&x;&x;&x;", "&x;", std::string("&") + static_cast<char>(c - 1) + ";") + "\">";
    std::string attributes;
    for (int i = 0; i < 1000; ++i)
        attributes += " a" + std::to_string(i) + "=\">\"";
    std::string deep;
    for (int i = 0; i < 2000; ++i)
        deep += "<saml:Advice>";

    xml("a bomb of entities", bomb + "]>" + changed(body, "_persona-1", "&j;"), "DTD");
    xml("a thousand attributes", changed(good, "<samlp:Status>", "<samlp:Status" + attributes + ">"), "attributi");
    xml("two thousand levels", changed(good, "<saml:Subject>", deep + "<saml:Subject>"), "ben formato");
}

}

void TestRispostaXml::refusesWhatIsNoCleanXml_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("reason");
    const std::string good = goodXml();
    const std::string body = good.substr(good.find("<samlp:Response"));
    raw("nothing", "", "non è base64");
    raw("no base64", "<samlp:Response/>", "non è base64");
    raw("base64 with spaces", "QUJD QUJD", "non è base64");
    raw("base64 with bits to spare", "QUJDRF==", "non è base64");
    raw("base64 cut off", encoded(good).substr(0, 1001), "non è base64");
    raw("too large", std::string(400UL * 1024, 'A'), "troppo grande");
    xml("no XML", "SAML", "ben formato");
    xml("XML cut off", good.substr(0, good.size() - 20), "ben formato");
    xml("two roots", good + "<a/>", "ben formato");
    xml("a DTD", "<!DOCTYPE samlp:Response>" + body, "DTD");
    xml("an external entity",
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + changed(body, "_persona-1", "&e;"), "DTD");
    xml("a parameter entity", "<!DOCTYPE a [<!ENTITY % e SYSTEM \"http://127.0.0.1:1/\"> %e;]>" + body, "DTD");
    xml("a DTD behind a comment", "<!-- --><!DOCTYPE samlp:Response>" + body, "DTD");
    xml("an unknown entity", changed(good, "_persona-1", "&persona;"), "ben formato");
    xml("CDATA in the NameID", changed(good, "_persona-1", "<![CDATA[_persona-1]]>"), "CDATA");
    xml("CDATA in a value", changed(good, "TINIT-", "<![CDATA[TINIT-]]>"), "CDATA");
    xml("an instruction in the NameID", changed(good, "_persona-1", "_perso<?x?>na-1"), "istruzione");
    xml("an instruction before all", "<?xml-stylesheet href=\"x\"?>" + body, "istruzione");
    xml("a NUL", changed(good, "_persona-1", std::string("_persona\0-1", 11)), "UTF-8");
    xml("UTF-16",
        QByteArray(reinterpret_cast<const char*>(QString::fromStdString(body).utf16()),
                   static_cast<qsizetype>(body.size()) * 2)
            .toStdString(),
        "UTF-8");
    rowsOfBombs(good, body);
}

void TestRispostaXml::refusesWhatIsNoCleanXml()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(message.toStdString());
    REFUSED(result, "Formato", reason.toStdString());
}

QTEST_GUILESS_MAIN(TestRispostaXml)
#include "test_risposta_xml.moc"
