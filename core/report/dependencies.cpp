// SPDX-License-Identifier: Apache-2.0
#include "report/dependencies.h"

#include <set>
#include <tuple>

namespace mailoscope
{

namespace
{

using takeover::Use;

class Collector
{
public:
    bool isFull() const { return m_dependencies.size() > takeover::MaxDependencies; }

    /// Each once at each name that it is written at, so that repetitions crowd out nothing.
    void add(const DomainName &name, Use use, Evidence written)
    {
        if (isFull() || !m_known.emplace(use, name, written.name).second)
            return;
        // One more than is looked at tells that there are more.
        m_dependencies.push_back({name, use, std::move(written)});
    }

    void addSpf(const spf::Node &root)
    {
        std::vector<std::size_t> path;
        addSpf(root, path);
    }

    void addDestinations(const std::vector<dmarc::Destination> &destinations, Use use,
                         const dmarc::WalkStep &step, const std::vector<Span> &spans)
    {
        for (std::size_t i = 0; i < destinations.size(); ++i) {
            if (!destinations[i].uri.host || isFull())
                continue;
            const Span span = i < spans.size() ? spans[i] : Span();
            add(*destinations[i].uri.host, use, {step.recordName.text(), "TXT", step.recordText, span, {}});
        }
    }

    std::vector<takeover::Dependency> take() { return std::move(m_dependencies); }

private:
    void addSpf(const spf::Node &node, std::vector<std::size_t> &path)
    {
        for (const spf::TermNode &term : node.terms) {
            if (!term.child || isFull())
                continue;
            path.push_back(term.index);
            Evidence written{node.domain.text(), "TXT", node.selection.text, {}, path};
            if (node.record && term.index < node.record->spans.size())
                written.span = node.record->spans[term.index];
            add(term.child->domain, Use::SpfInclude, std::move(written));
            addSpf(*term.child, path);
            path.pop_back();
        }
    }

    std::vector<takeover::Dependency> m_dependencies;
    std::set<std::tuple<Use, DomainName, std::string>> m_known;
};

void addMail(Collector &collector, const Report &report)
{
    for (const mx::Host &host : report.mx.hosts) {
        if (!host.isAddressLiteral && !report.mx.implicitMx)
            collector.add(host.name, Use::MailHost,
                          {report.domain.text(),
                           "MX",
                           std::to_string(host.preference) + ' ' + host.name.text(),
                           {},
                           {}});
    }
    for (const dns::ResourceRecord &record : report.hygiene.nameServers) {
        if (const auto *server = std::get_if<dns::NameData>(&record.data))
            collector.add(server->name, Use::NameServer,
                          {report.hygiene.apex.text(), "NS", dns::toPresentation(record), {}, {}});
    }
}

void addTls(Collector &collector, const Report &report)
{
    if (!report.tlsRpt.recordTexts.empty() && report.tlsRpt.record && report.tlsRpt.record->record) {
        const std::vector<tls_rpt::ReportUri> &rua = report.tlsRpt.record->record->rua;
        for (std::size_t i = 0; i < rua.size(); ++i) {
            if (rua[i].domain.isRoot())
                continue;
            const std::vector<Span> &spans = report.tlsRpt.record->spans;
            collector.add(rua[i].domain, Use::TlsRptRua,
                          {report.tlsRpt.recordName.text(),
                           "TXT",
                           report.tlsRpt.recordTexts.front(),
                           i < spans.size() ? spans[i] : Span(),
                           {}});
        }
    }
    if (!report.mtaSts.hostAliases.empty()) {
        const dns::ResourceRecord &last = report.mtaSts.hostAliases.back();
        if (const auto *target = std::get_if<dns::NameData>(&last.data))
            collector.add(target->name, Use::StsAlias,
                          {report.mtaSts.host.text(), "CNAME", dns::toPresentation(last), {}, {}});
    }
}

void addKeysAndLogo(Collector &collector, const Report &report)
{
    for (const dkim::SelectorResult &result : report.dkim.found) {
        if (!result.chain.empty())
            collector.add(result.chain.back(), Use::DkimAlias,
                          {result.name.text(), "CNAME", result.chain.back().text(), {}, {}});
    }
    for (const bimi::Fetch *fetch : {&report.bimi.indicator.fetch, &report.bimi.evidence.fetch}) {
        if (fetch->url)
            collector.add(fetch->url->host, Use::BimiHost,
                          {report.bimi.found().name.text(), "TXT", report.bimi.text, {}, {}});
    }
}

} // namespace

std::vector<takeover::Dependency> dependenciesOf(const Report &report)
{
    Collector collector;
    collector.addSpf(report.spf.root);
    addMail(collector, report);
    if (report.dmarc.alias) {
        const DomainName &target = report.dmarc.alias->target;
        collector.add(target, Use::DmarcAlias,
                      {report.dmarc.own()->recordName.text(), "CNAME", target.text(), {}, {}});
    }
    if (const dmarc::WalkStep *step = report.dmarc.step()) {
        collector.addDestinations(report.dmarc.rua, Use::DmarcRua, *step, step->record->ruaSpans);
        collector.addDestinations(report.dmarc.ruf, Use::DmarcRuf, *step, step->record->rufSpans);
    }
    addTls(collector, report);
    addKeysAndLogo(collector, report);
    return collector.take();
}

} // namespace mailoscope
