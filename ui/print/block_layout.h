// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/flow.h"
#include "print/options.h"
#include "spf/evaluate.h"

/// The blocks of a document on paper. Nothing here looks into a report but for the drawing of the include
/// tree, which the paper alone has.
namespace mailoscope::print
{

class BlockLayout
{
public:
    /// `name` stands in running heads. `prefix` goes before the names of anchors, so that those of several
    /// reports differ; `level` is that of the chapters among the bookmarks.
    BlockLayout(Flow &flow, const spf::Evaluation &spf, QString name, QString prefix, int level);

    void lay(const document::Chapter &chapter);
    void lay(const std::vector<document::Block> &blocks);

private:
    void add(const document::Heading &heading);
    void add(const Headline &headline);
    void add(const document::Paragraph &paragraph);
    void add(const document::Facts &facts);
    void add(const document::RecordText &record);
    void add(const document::Table &table);
    void add(const document::List &list);
    void add(const document::Tree &tree);
    void add(const document::Lines &lines);

    void beginPart(const document::Heading &heading);
    Text textOf(const document::Text &text, FontKey plain, FontKey strong) const;
    Cell cellOf(const document::Paragraph &paragraph) const;

    Flow &m_flow;
    const spf::Evaluation &m_spf;
    QString m_name;
    QString m_prefix;
    int m_level;
    qreal m_indent = 0;
    Part m_part = Part::Summary;
};

/// A cell of one run.
Cell cellOf(const QString &text, FontKey font = TableFont);

} // namespace mailoscope::print
