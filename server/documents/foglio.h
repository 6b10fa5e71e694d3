#pragma once

#include <QFile>

#include "core/documenti/documento.h"
#include "server/documents/caratteri.h"

namespace sdc::documents {

/// Writes the document into an open, empty file as PDF/A-1b on A4, the author and the page numbers in the foot; tells
/// how many pages it took.
int paint(const Documento& documento, Caratteri& caratteri, QFile& file);

}
