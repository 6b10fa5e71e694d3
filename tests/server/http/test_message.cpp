#include "server/http/form.h"
#include "server/http/message.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using tests::q;

namespace {

QString headerOf(const http::Response& response, const std::string& name)
{
    for (const auto& [key, value] : response.headers) {
        if (key == name)
            return q(value);
    }
    return QStringLiteral("(none)");
}

}

class TestMessage : public QObject
{
    Q_OBJECT

private slots:
    // RFC 4291, 2.5.4: 64 bits of an address are the network's, and its holder has all the others.
    void clientsAreCountedByAddressOrNetwork()
    {
        QCOMPARE(q(http::networkOf("192.0.2.7")), q("192.0.2.7"));
        QCOMPARE(q(http::networkOf("2001:db8:1:2:3:4:5:6")), q(http::networkOf("2001:db8:1:2::9")));
        QVERIFY(http::networkOf("2001:db8:1:3::9") != http::networkOf("2001:db8:1:2::9"));
        QCOMPARE(q(http::networkOf("fe80::1%eth0")), q(http::networkOf("fe80::2%eth0")));
        QCOMPARE(q(http::networkOf("qualcosa")), q("qualcosa"));
    }

    // RFC 9110, 5.5: CR, LF and NUL have no place in a field's value.
    void aValueCannotAddAHeader()
    {
        http::Response response;
        response.header("X-Prova", std::string("a\r\nSet-Cookie: rubato=1\r\n\r\n<html>\0b", 35));
        const QString value = headerOf(response, "X-Prova");
        QVERIFY(!value.contains('\r') && !value.contains('\n') && !value.contains(QChar(0)));
        QVERIFY(!headerOf(http::seeOther("/rovereto/\r\nX-Altro: 1"), "Location").contains('\n'));
        response.cookie("nome", "valore\r\nX-Altro: 1", 60);
        QVERIFY(!headerOf(response, "Set-Cookie").contains('\n'));
        QVERIFY(!headerOf(http::download("/x", "a\r\nb\"c\\d.pdf", "application/pdf\r\nX: 1"), "Content-Disposition")
                     .contains('\n'));
    }

    void aCookieIsForThisHostAndNoScript()
    {
        http::Response response;
        response.cookie("__Host-stanza-rovereto", "segno");
        const QString value = headerOf(response, "Set-Cookie");
        for (const char* word : {"__Host-stanza-rovereto=segno", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"})
            QVERIFY2(value.contains(word), word);
        QVERIFY(!value.contains("Max-Age") && !value.contains("Domain"));
        http::Response erased;
        erased.cookie("a", "", -1);
        QVERIFY(headerOf(erased, "Set-Cookie").contains("Max-Age=0"));
    }

    // RFC 6266 and 8187: a name for every client.
    void aDownloadCarriesItsNameInBothForms()
    {
        const QString value =
            headerOf(http::download("/x", "Modulo \"è\" 😀.pdf", "application/pdf"), "Content-Disposition");
        QVERIFY(value.startsWith("attachment; "));
        QVERIFY(value.contains("filename*=UTF-8''Modulo%20%22%C3%A8%22%20%F0%9F%98%80.pdf"));
        for (const QChar c : value)
            QVERIFY(c.unicode() >= 0x20 && c.unicode() < 0x7F);
        QCOMPARE(value.count('"'), 2);
    }

    // RFC 9457.
    void aProblemNamesItsFields()
    {
        const auto response = http::problem(422, "Non va.", {{"motivazione", "Scrivila."}});
        QCOMPARE(headerOf(response, "Content-Type"), q("application/problem+json"));
        const auto body = nlohmann::json::parse(std::get<std::string>(response.body));
        QCOMPARE(body.at("status").get<int>(), 422);
        QCOMPARE(q(body.at("detail").get<std::string>()), q("Non va."));
        QCOMPARE(q(body.at("errori").at(0).at("campo").get<std::string>()), q("motivazione"));
        QVERIFY(!body.at("title").get<std::string>().empty());
    }

    // RFC 3986, 2.3.
    void anAddressIsEncodedButForItsUnreservedLetters()
    {
        QCOMPARE(q(http::encodeUrl("aZ09-._~")), q("aZ09-._~"));
        QCOMPARE(q(http::encodeUrl("/?#&=+ è")), q("%2F%3F%23%26%3D%2B%20%C3%A8"));
    }

    void aQueryIsDecodedAndMustBeText()
    {
        const auto fields = http::parseQuery("cerca=Rossi+%C3%A8%26&vuoto=&cerca=due&solo");
        QCOMPARE(q(fields.at(0).second), q("Rossi è&"));
        QCOMPARE(q(fields.at(2).second), q("due"));
        QVERIFY(http::parseQuery("").empty());
        QVERIFY_EXCEPTION_THROWN(http::parseQuery("a=%00"), Invalid);
        QVERIFY_EXCEPTION_THROWN(http::parseQuery("a=%FF"), Invalid);
        QVERIFY_EXCEPTION_THROWN(http::parseQuery("%C3=a"), Invalid);
    }

    void aTemporaryFileGoesWithItsObject()
    {
        const tests::Folder folder;
        const auto path = folder.write("a", "x");
        {
            http::TempFile first{path};
            http::TempFile second = std::move(first);
            QVERIFY(first.path().empty()); // NOLINT: what a move leaves is the point
            QVERIFY(std::filesystem::exists(path));
        }
        QVERIFY(!std::filesystem::exists(path));
    }
};

QTEST_GUILESS_MAIN(TestMessage)
#include "test_message.moc"
