#include "server/gateways/saml/xml.h"

#include "core/base/text.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <xmlsec/base64.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace sdc::gateways::saml::xml {
namespace {

/// Ten times what a real message has.
constexpr std::size_t kLargestMessage = 256UL * 1024;
constexpr std::size_t kLargestFederazione = 16UL * 1024 * 1024;
/// libxml2 looks at each pair of an element's attributes.
constexpr int kMostAttributes = 64;

const xmlChar* x(const char* text)
{
    return reinterpret_cast<const xmlChar*>(text);
}

const char* c(const xmlChar* text)
{
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

[[noreturn]] void refuse(const char* reason)
{
    throw Rifiutata(Motivo::Formato, reason);
}

/// Where a tag that begins at `at` ends; counts its attributes on the way.
std::size_t endOfTag(std::string_view bytes, std::size_t at)
{
    int attributes = 0;
    char quote = 0;
    for (; at < bytes.size(); ++at) {
        const char here = bytes[at];
        if (quote != 0)
            quote = here == quote ? '\0' : quote;
        else if (here == '"' || here == '\'')
            quote = here;
        else if (here == '=' && ++attributes > kMostAttributes)
            refuse("un elemento ha troppi attributi");
        else if (here == '>')
            break;
    }
    return at;
}

/// In well-formed XML, "<!" and "<?" stand nowhere but where markup begins, and none of it but comments is needed.
/// Looked for in the bytes, so that the parser never acts on what is refused.
void scan(std::string_view bytes)
{
    std::size_t at = bytes.starts_with("<?xml ") ? endOfTag(bytes, 0) : 0;
    while ((at = bytes.find('<', at)) != std::string_view::npos) {
        if (bytes.substr(at, 4) == "<!--")
            at = std::min(bytes.find("-->", at + 4), bytes.size());
        else if (bytes.substr(at, 2) == "<!")
            refuse(bytes.substr(at, 9) == "<![CDATA[" ? "contiene una sezione CDATA" : "contiene un DTD");
        else if (bytes.substr(at, 2) == "<?")
            refuse("contiene un'istruzione di elaborazione");
        else
            at = endOfTag(bytes, at);
    }
}

Doc parse(std::string_view bytes, std::size_t largest)
{
    start();
    if (bytes.size() > largest)
        refuse("è troppo grande");
    if (!isCleanUtf8(bytes))
        refuse("non è testo UTF-8");
    scan(bytes);
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context{xmlNewParserCtxt(), &xmlFreeParserCtxt};
    constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
    Doc doc{xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, "UTF-8", kOptions),
            &xmlFreeDoc};
    if (!doc || context->wellFormed != 1 || context->nsWellFormed != 1 || xmlDocGetRootElement(doc.get()) == nullptr)
        refuse("non è un documento XML ben formato");
    if (doc->intSubset != nullptr || doc->extSubset != nullptr)
        refuse("contiene un DTD");
    return doc;
}

void initialize()
{
    xmlInitParser();
    if (xmlSecInit() < 0 || xmlSecCheckVersion() != 1 || xmlSecCryptoAppInit(nullptr) < 0 || xmlSecCryptoInit() < 0)
        throw std::runtime_error("la libreria delle firme XML non si avvia");
    xmlSecErrorsDefaultCallbackEnableOutput(0);
    // No line breaks in what is signed. A line size of 0 breaks the writing of certificates (1.2.37).
    xmlSecBase64SetDefaultLineSize(1 << 20);
    xmlSecSetDefaultLineFeed(x(""));
}

}

void start()
{
    static const bool started = (initialize(), true);
    static_cast<void>(started);
}

Doc parse(std::string_view bytes)
{
    return parse(bytes, kLargestMessage);
}

Doc parseFederazione(std::string_view bytes)
{
    return parse(bytes, kLargestFederazione);
}

xmlNode* root(const Doc& doc)
{
    return xmlDocGetRootElement(doc.get());
}

std::string_view nameOf(const xmlNode* node)
{
    return c(node->name);
}

bool is(const xmlNode* node, const char* ns, const char* name)
{
    return node != nullptr && node->type == XML_ELEMENT_NODE && nameOf(node) == name && node->ns != nullptr &&
           std::string_view(c(node->ns->href)) == ns;
}

std::vector<xmlNode*> elements(const xmlNode* parent)
{
    std::vector<xmlNode*> all;
    for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
        if (node->type == XML_ELEMENT_NODE)
            all.push_back(node);
    }
    return all;
}

std::vector<xmlNode*> elements(const xmlNode* parent, const char* ns, const char* name)
{
    auto all = elements(parent);
    std::erase_if(all, [&](const xmlNode* node) { return !is(node, ns, name); });
    return all;
}

std::vector<xmlNode*> everywhere(xmlNode* node, const char* ns, const char* name)
{
    std::vector<xmlNode*> found;
    if (is(node, ns, name))
        found.push_back(node);
    for (xmlNode* inner : elements(node)) {
        const auto below = everywhere(inner, ns, name);
        found.insert(found.end(), below.begin(), below.end());
    }
    return found;
}

xmlNode* child(const xmlNode* parent, const char* ns, const char* name)
{
    const auto all = elements(parent, ns, name);
    if (all.size() > 1)
        throw Rifiutata(Motivo::Struttura, std::string("più di un elemento ") + name);
    return all.empty() ? nullptr : all.front();
}

xmlNode* need(const xmlNode* parent, const char* ns, const char* name)
{
    xmlNode* node = child(parent, ns, name);
    if (node == nullptr)
        throw Rifiutata(Motivo::Struttura, std::string("manca l'elemento ") + name);
    return node;
}

bool hasAttribute(const xmlNode* node, const char* name)
{
    return xmlHasNsProp(const_cast<xmlNode*>(node), x(name), nullptr) != nullptr;
}

bool hasForeignAttributes(const xmlNode* node)
{
    const xmlAttr* attribute = node->properties;
    while (attribute != nullptr && attribute->ns == nullptr)
        attribute = attribute->next;
    return attribute != nullptr;
}

std::string attribute(const xmlNode* node, const char* name)
{
    const std::unique_ptr<xmlChar, void (*)(void*)> value{xmlGetNoNsProp(const_cast<xmlNode*>(node), x(name)),
                                                          [](void* memory) { xmlFree(memory); }};
    return c(value.get());
}

std::string text(const xmlNode* node)
{
    std::string all;
    for (const xmlNode* part = node->children; part != nullptr; part = part->next) {
        if (part->type != XML_TEXT_NODE)
            throw Rifiutata(Motivo::Struttura, "l'elemento " + std::string(nameOf(node)) + " non contiene solo testo");
        all += c(part->content);
    }
    return trim(all);
}

namespace {

bool isId(const xmlAttr* attribute)
{
    return xmlStrcasecmp(attribute->name, x("id")) == 0;
}

bool isSplit(const xmlNode* node)
{
    bool comment = false;
    bool value = false;
    for (const xmlNode* part = node->children; part != nullptr; part = part->next) {
        comment = comment || part->type == XML_COMMENT_NODE;
        value = value || (part->type == XML_TEXT_NODE && !trim(c(part->content)).empty());
    }
    return comment && value;
}

void checkBelow(const xmlNode* node, std::set<std::string>& ids)
{
    for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
        const bool single =
            !isId(attribute) || ids.insert(c(attribute->children ? attribute->children->content : nullptr)).second;
        if (!single)
            throw Rifiutata(Motivo::Struttura, "due elementi hanno lo stesso ID");
    }
    if (isSplit(node))
        throw Rifiutata(Motivo::Struttura, "un commento sta dentro un valore");
    for (const xmlNode* inner : elements(node))
        checkBelow(inner, ids);
}

}

void checkTree(const xmlNode* root)
{
    std::set<std::string> ids;
    checkBelow(root, ids);
}

Doc make(const char* prefix, const char* name, const std::vector<Prefisso>& uris)
{
    start();
    Doc doc{xmlNewDoc(x("1.0")), &xmlFreeDoc};
    xmlNode* node = xmlNewNode(nullptr, x(name));
    xmlDocSetRootElement(doc.get(), node);
    for (const auto& [short_, uri] : uris) {
        xmlNs* ns = xmlNewNs(node, x(uri), x(short_));
        if (std::string_view(short_) == prefix)
            xmlSetNs(node, ns);
    }
    return doc;
}

xmlNode* add(xmlNode* parent, const char* prefix, const char* name, const std::string& text)
{
    xmlNs* ns = xmlSearchNs(parent->doc, parent, x(prefix));
    return xmlNewTextChild(parent, ns, x(name), text.empty() ? nullptr : x(text.c_str()));
}

void set(xmlNode* node, const char* name, const std::string& value)
{
    if (std::string_view(name) == "xml:lang")
        xmlNodeSetLang(node, x(value.c_str()));
    else
        xmlNewProp(node, x(name), x(value.c_str()));
}

std::string bytes(const Doc& doc)
{
    xmlChar* memory = nullptr;
    int size = 0;
    xmlDocDumpMemoryEnc(doc.get(), &memory, &size, "UTF-8");
    const std::unique_ptr<xmlChar, void (*)(void*)> owner{memory, [](void* m) { xmlFree(m); }};
    return {reinterpret_cast<const char*>(memory), static_cast<std::size_t>(size)};
}

}
