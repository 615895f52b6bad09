// SPDX-License-Identifier: Apache-2.0
#include "drawn.h"

#include "base/domain_input.h"
#include "graph/graph_export.h"
#include "print/page.h"
#include "theme/palettes.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace mailoscope::cli
{

namespace
{

/// What is folded of the graph.
struct Folds {
    std::set<DomainName> names;
    std::optional<std::size_t> depth;
};

class GraphWriter : public ReportWriter
{
public:
    GraphWriter(Folds folds, ui::GraphStyle style, bool isSvg)
        : m_folds(std::move(folds)), m_style(std::move(style)), m_isSvg(isSvg)
    {
    }

    void add(const std::shared_ptr<const Report> &report, const Sink &) override { m_report = report; }
    std::optional<Failure> finish(const Sink &write) override
    {
        const ui::GraphPicture open = ui::graphOf(m_report->spf);
        ui::FoldedPlaces folded = m_folds.depth ? ui::foldedAt(open, *m_folds.depth) : ui::FoldedPlaces();
        for (const DomainName &name : m_folds.names) {
            if (!foldBranchesOf(open, name, folded))
                return usage("--fold " + shown(name.text()) +
                             ": the graph has no branch of that name that could be folded.");
        }
        const ui::GraphPicture picture = ui::graphOf(m_report->spf, folded);
        const QByteArray octets = m_isSvg ? ui::toSvg(picture, m_style) : ui::toPng(picture, m_style);
        if (octets.isEmpty())
            return impossible("There is not enough memory to draw the graph.");
        write({octets.constData(), static_cast<std::size_t>(octets.size())});
        return std::nullopt;
    }

private:
    bool foldBranchesOf(const ui::GraphPicture &open, const DomainName &name, ui::FoldedPlaces &folded) const
    {
        bool isThere = false;
        for (const ui::GraphNode &node : open.nodes) {
            const auto place = ui::placeAt(m_report->spf, node.path);
            if (!node.canFold() || !place || !place->below() || place->below()->domain != name)
                continue;
            folded.insert(node.path);
            isThere = true;
        }
        return isThere;
    }

    Folds m_folds;
    ui::GraphStyle m_style;
    bool m_isSvg;
    std::shared_ptr<const Report> m_report;
};

Result<Folds, Failure> foldsOf(const Arguments &arguments)
{
    Folds folds;
    for (const std::string &text : arguments.values("fold")) {
        const auto name = readDomain(text);
        if (!name)
            return usage(name.error().message);
        folds.names.insert(*name);
    }
    if (const auto text = arguments.value("depth")) {
        std::size_t depth = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), depth);
        if (error != std::errc() || end != text->data() + text->size() || depth == 0)
            return usage("--depth takes a number from 1 on, not \"" + shown(*text) + "\".");
        folds.depth = depth;
    }
    return folds;
}

Result<ui::GraphStyle, Failure> graphStyleOf(const Arguments &arguments)
{
    constexpr int TextPixels = 14;
    const QFont font = print::Fonts().face({TextPixels}).font;
    const std::string name = arguments.value("style").value_or("paper");
    if (name == "paper")
        return ui::paperStyle(font);
    if (name != "light" && name != "dark")
        return usage("--style takes paper, light or dark, not \"" + shown(name) + "\".");
    ui::GraphStyle style =
        ui::screenStyle(font, ui::paletteFor(name == "dark" ? ui::Appearance::Dark : ui::Appearance::Light));
    style.leastText = 0; // files are looked at in any size
    return style;
}

} // namespace

Result<std::unique_ptr<ReportWriter>, Failure> makeGraph(const Form &form)
{
    const bool isSvg = form.format->name == "svg";
    if (const auto failure = isSvg ? std::nullopt : refuseTerminal(form))
        return *failure;
    auto folds = foldsOf(*form.arguments);
    if (!folds)
        return folds.error();
    auto style = graphStyleOf(*form.arguments);
    if (!style)
        return style.error();
    return std::unique_ptr<ReportWriter>(
        std::make_unique<GraphWriter>(*std::move(folds), *std::move(style), isSvg));
}

} // namespace mailoscope::cli
