// SPDX-License-Identifier: Apache-2.0
#include "support/report_text.h"

#include <algorithm>
#include <sstream>

namespace mailoscope::tests
{

namespace
{

class Writer
{
public:
    std::ostringstream &line(int depth)
    {
        m_text << '\n' << std::string(static_cast<std::size_t>(depth) * 2, ' ');
        return m_text;
    }
    std::string text() const { return m_text.str(); }

private:
    std::ostringstream m_text;
};

template <typename Enum>
int number(Enum value)
{
    return static_cast<int>(value);
}

void write(Writer &out, const spf::Node &node, int depth)
{
    out.line(depth) << node.domain.text() << " status " << number(node.status) << " lookups " << node.lookups
                    << '/' << node.ownLookups << " voids " << node.voids.v4 << '/' << node.voids.v6
                    << " passes " << node.passes.v4 << (node.atLeast ? " at least" : "");
    out.line(depth) << "record " << node.selection.text;
    for (const DomainName &alias : node.aliases)
        out.line(depth) << "alias " << alias.text();
    for (const spf::TermNode &term : node.terms) {
        out.line(depth + 1) << "term " << term.index << " status " << number(term.status) << " dead "
                            << number(term.dead) << " lookups " << term.ownLookups << '/'
                            << term.subtreeLookups << '/' << term.runningLookups << " matches "
                            << term.matches.v4 << " decides " << term.decides.v4 << ' '
                            << (term.target ? term.target->text() : "-");
        if (term.child)
            write(out, *term.child, depth + 2);
    }
}

void write(Writer &out, const spf::Partition &partition, const char *title)
{
    out.line(0) << title << (partition.exact ? " exactly" : " inexactly");
    for (std::size_t i = 0; i < spf::CheckResultCount; ++i) {
        out.line(1) << spf::toString(static_cast<spf::CheckResult>(i)) << ':';
        for (const Cidr &block : cidrsOf(partition.byResult[i]))
            out.line(2) << block.toString();
    }
}

void write(Writer &out, const Finding &finding)
{
    out.line(1) << finding.id << ' ' << toString(finding.severity) << ' ' << finding.section;
    for (const auto &[name, value] : finding.arguments) {
        out.line(2) << name << " = ";
        std::visit([&](const auto &shown) { out.line(2) << shown; }, value);
    }
    for (const Evidence &evidence : finding.evidence) {
        out.line(2) << evidence.type << ' ' << evidence.name << " \"" << evidence.record << "\" "
                    << evidence.span.begin << '-' << evidence.span.end << " path";
        for (const std::size_t index : evidence.path)
            out.line(3) << index;
    }
}

void write(Writer &out, const Fact &fact)
{
    out.line(1) << toString(fact.key()) << ' ' << toString(fact.outcome());
    if (!fact.isDns())
        return;
    std::vector<std::string> records;
    for (const dns::ResourceRecord &record : fact.dns().records)
        records.push_back(dns::toPresentation(record));
    std::sort(records.begin(), records.end());
    for (const std::string &record : records)
        out.line(2) << record;
}

} // namespace

QString reportText(const Report &report)
{
    Writer out;
    out.line(0) << report.domain.text() << (report.pending ? " pending" : "")
                << (report.complete ? " complete" : "");
    out.line(0) << "spf " << number(report.spf.status) << " lookups " << report.spf.lookups << " voids "
                << report.spf.voidLookups << " nodes " << report.spf.nodeCount;
    write(out, report.spf.root, 1);
    write(out, report.spf.addresses, "addresses");
    write(out, report.spf.asWritten, "as written");
    out.line(0) << "mx " << number(report.mx.status) << (report.mx.nullMx ? " null" : "");
    for (const mx::Host &host : report.mx.hosts)
        out.line(1) << host.preference << ' ' << host.name.text() << ' ' << number(host.status) << ' '
                    << host.addresses.size();
    out.line(0) << "findings";
    for (const Finding &finding : report.findings)
        write(out, finding);
    out.line(0) << "facts";
    for (const FactPointer &fact : report.facts)
        write(out, *fact);
    return QString::fromStdString(out.text());
}

} // namespace mailoscope::tests
