#pragma once

#include "server/gateways/saml/rifiutata.h"

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What the room sees of libxml2; only its own .cpp files include this.
namespace sdc::gateways::saml::xml {

inline constexpr const char* kProtocol = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr const char* kAssertion = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr const char* kMetadata = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr const char* kSignature = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr const char* kEntity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
inline constexpr const char* kTransient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
inline constexpr const char* kRedirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
inline constexpr const char* kPost = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

using Doc = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;

/// Makes the libraries ready, once for the process.
void start();

/// Reads a document that may come from anybody: no DTD, entities, CDATA or processing instructions, few attributes.
/// Throws Rifiutata(Formato).
Doc parse(std::string_view bytes);
/// The same, for as many bytes as a federation's metadata has.
Doc parseFederazione(std::string_view bytes);

xmlNode* root(const Doc& doc);
bool is(const xmlNode* node, const char* ns, const char* name);
std::string_view nameOf(const xmlNode* node);
/// The elements inside, without texts and comments.
std::vector<xmlNode*> elements(const xmlNode* parent);
std::vector<xmlNode*> elements(const xmlNode* parent, const char* ns, const char* name);
/// Wherever they are below the node, the node itself among them.
std::vector<xmlNode*> everywhere(xmlNode* node, const char* ns, const char* name);
/// The only one of its kind, or none; throws Rifiutata(Struttura) where there are more.
xmlNode* child(const xmlNode* parent, const char* ns, const char* name);
/// The only one of its kind; throws Rifiutata(Struttura) where there is none, or more.
xmlNode* need(const xmlNode* parent, const char* ns, const char* name);
/// Empty where there is none. Attributes with a namespace are others.
std::string attribute(const xmlNode* node, const char* name);
bool hasAttribute(const xmlNode* node, const char* name);
/// Whether one of its attributes has a namespace.
bool hasForeignAttributes(const xmlNode* node);
/// The text of an element that holds nothing else, without white space at its ends.
std::string text(const xmlNode* node);

/// Throws Rifiutata(Struttura) where two elements have the same ID, whatever they call it, or a comment stands inside a
/// value, where some readers stop.
void checkTree(const xmlNode* root);

/// A new document with this root, whose namespaces are declared on it; `uris` by prefix.
struct Prefisso
{
    const char* prefix;
    const char* uri;
};
Doc make(const char* prefix, const char* name, const std::vector<Prefisso>& uris);
xmlNode* add(xmlNode* parent, const char* prefix, const char* name, const std::string& text = {});
void set(xmlNode* node, const char* name, const std::string& value);
/// As UTF-8, without white space between elements.
std::string bytes(const Doc& doc);

}
