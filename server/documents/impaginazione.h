#pragma once

#include <QColor>
#include <QPaintDevice>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTextLayout>

#include <memory>
#include <vector>

#include "core/documenti/documento.h"
#include "server/documents/caratteri.h"

namespace sdc::documents {

/// A line of text at its place on a page.
struct RigaPosata
{
    int page = 0;
    QPointF position;
    const QTextLayout* layout = nullptr;
    int line = 0;
};

/// A filled rectangle at its place on a page.
struct Fondo
{
    int page = 0;
    QRectF area;
    QColor colour;
};

/// A document cut into pages. All places are relative to their page's body: the numbers of a PDF/A-1 end at 32767,
/// which the places of one tall column would pass after a few pages.
struct Impaginato
{
    std::vector<std::unique_ptr<QTextLayout>> testi;
    std::vector<RigaPosata> righe;
    std::vector<Fondo> fondi;
    int pages = 1;
};

/// What the pages are made for.
struct Pagina
{
    QPaintDevice* device = nullptr;
    QSizeF body;
};

Impaginato impagina(const Documento& documento, Caratteri& caratteri, const Pagina& pagina);

}
