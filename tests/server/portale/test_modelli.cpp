#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace sdc;

namespace {

namespace fs = std::filesystem;

struct Modello
{
    std::string name;
    std::string text;
};

std::vector<Modello> modelli()
{
    std::vector<Modello> all;
    const fs::path folder = fs::path{SDC_SOURCE_DIR} / "resources" / "templates";
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream stream(entry.path());
        all.push_back({entry.path().lexically_relative(folder).string(), {std::istreambuf_iterator<char>(stream), {}}});
    }
    return all;
}

/// The templates in which `pattern` is found.
std::string where(const std::string& pattern, bool mailToo)
{
    std::string names;
    const std::regex regex(pattern);
    for (const Modello& modello : modelli()) {
        if ((mailToo || !modello.name.starts_with("mail/")) && std::regex_search(modello.text, regex))
            names += modello.name + " ";
    }
    return names;
}

std::set<std::string> marks()
{
    std::set<std::string> all;
    const std::regex mark(R"(\[\[([\s\S]*?)\]\])");
    for (const Modello& modello : modelli()) {
        for (auto it = std::sregex_iterator(modello.text.begin(), modello.text.end(), mark);
             it != std::sregex_iterator(); ++it)
            all.insert((*it)[1]);
    }
    return all;
}

}

class TestModelli : public QObject
{
    Q_OBJECT

private slots:
    void everyPageEscapesByContext()
    {
        for (const Modello& modello : modelli()) {
            if (modello.name.ends_with(".html"))
                QVERIFY2(modello.text.starts_with("{{%AUTOESCAPE context=\"HTML\"}}"), modello.name.c_str());
        }
    }

    void noPageHasStylesOrScriptsInline()
    {
        QCOMPARE(where(R"( style="| on[a-z]+="|<style|<script(?! src=))", false), std::string{});
    }

    /// ctemplate repeats an include's indentation on each of its lines, and so inside a textarea.
    void noIncludeStandsIndented() { QCOMPARE(where(R"((^|\n)[ \t]+\{\{>)", true), std::string{}); }

    void theFirstFieldOfEveryPostedFormIsTheCsrfWord()
    {
        const std::regex form(R"(<form[^>]*method="post"[^>]*>\s*(<[^>]*>))");
        for (const Modello& modello : modelli()) {
            for (auto it = std::sregex_iterator(modello.text.begin(), modello.text.end(), form);
                 it != std::sregex_iterator(); ++it)
                QVERIFY2((*it)[1].str().find("name=\"csrf\"") != std::string::npos, modello.name.c_str());
        }
    }

    void everyWordHasItsTranslation_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << "de";
        QTest::newRow("English") << "en";
    }

    void everyWordHasItsTranslation()
    {
        QFETCH(QString, language);
        const fs::path file =
            fs::path{SDC_SOURCE_DIR} / "translations" / ("portale_" + language.toStdString() + ".json");
        std::ifstream stream(file);
        const auto words = nlohmann::json::parse(stream);
        for (const std::string& mark : marks())
            QVERIFY2(words.contains(mark), mark.c_str());
        QCOMPARE(words.size(), marks().size());
    }

    void translationsKeepTheVariables()
    {
        const std::regex variable(R"(\{\{[^}]*\}\})");
        for (const char* language : {"de", "en"}) {
            std::ifstream stream(fs::path{SDC_SOURCE_DIR} / "translations" /
                                 ("portale_" + std::string{language} + ".json"));
            const auto words = nlohmann::json::parse(stream);
            for (const auto& [italian, other] : words.items()) {
                const std::string text = other.get<std::string>();
                const auto count = [&](const std::string& s) {
                    return std::distance(std::sregex_iterator(s.begin(), s.end(), variable), std::sregex_iterator());
                };
                QVERIFY2(count(italian) == count(text), italian.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestModelli)
#include "test_modelli.moc"
