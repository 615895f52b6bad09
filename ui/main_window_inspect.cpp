// SPDX-License-Identifier: Apache-2.0
// What the window inspects: a domain, one of a list, a sample.
#include "main_window.h"

#include "base/domain_input.h"
#include "pages/spf_page.h"
#include "text/shown_string.h"
#include "widgets/domain_field.h"
#include "widgets/look_ups_panel.h"
#include "widgets/message_strip.h"
#include "widgets/resolver_field.h"
#include "widgets/top_bar.h"
#include "widgets/walk_panel.h"

namespace mailoscope::ui
{

void MainWindow::open(const LaunchOptions &options)
{
    const std::vector<gather::Resolver> resolvers =
        options.resolvers.empty() ? m_preferences.resolvers() : options.resolvers;
    m_top->resolverField().setResolvers(resolvers);
    m_session.setResolvers(resolvers);
    m_top->domainField().setFocus();
    if (!options.snapshotFile.isEmpty()) {
        openSnapshotFile(options.snapshotFile);
        if (options.domain.isEmpty() || !m_snapshot)
            return;
        const Result<DomainName, DomainInputError> domain = readDomain(options.domain.toStdString());
        if (domain)
            m_session.show(m_snapshot, *domain);
        else
            m_strip->say(Meaning::Medium, toQString(domain.error().message));
        return;
    }
    if (!options.domain.isEmpty()) {
        m_top->domainField().setText(options.domain);
        inspectTyped();
        return;
    }
    if (Result<Snapshot, SnapshotError> sample = readSnapshot(m_parts.sample)) {
        showSnapshot(std::move(*sample), {});
        m_top->domainField().selectAll();
    }
}

void MainWindow::inspectTyped()
{
    const QString typed = m_top->domainField().text();
    if (splitDomainList(typed.toStdString()).size() > 1) {
        takeList(typed);
        return;
    }
    const Result<DomainName, DomainInputError> domain = readDomain(typed.toStdString());
    if (!domain) {
        m_strip->say(Meaning::Medium, toQString(domain.error().message));
        m_top->domainField().setFocus();
        return;
    }
    if (!m_top->list().contains(typed))
        m_top->setList({}); // a list that was stepped through is left
    inspect(*domain);
}

void MainWindow::inspect(const DomainName &domain)
{
    const std::optional<std::vector<gather::Resolver>> resolvers = m_top->resolverField().resolvers();
    if (!resolvers) {
        m_strip->say(Meaning::Medium, tr("That is no address of a resolver. Such as 192.0.2.53, "
                                         "192.0.2.54:5353 or [2001:db8::53]:53 would be."));
        m_top->resolverField().setFocus();
        return;
    }
    if (m_preferences.keepsHistory())
        m_top->resolverField().remember();
    m_session.setResolvers(*resolvers);
    if (m_preferences.keepsHistory())
        m_top->domainField().remember(toQString(unicodeForm(domain)));
    m_strip->fallSilent();
    m_session.inspect(domain);
}

void MainWindow::takeList(const QString &text)
{
    QStringList domains;
    for (const std::string &part : splitDomainList(text.toStdString()))
        domains << shownString(part);
    m_snapshot.reset();
    m_top->setList(domains);
    if (!domains.isEmpty())
        chooseFromList(domains.first());
}

void MainWindow::chooseFromList(const QString &domain)
{
    const QSignalBlocker quiet(m_top->domainField());
    m_top->domainField().setText(domain);
    const Result<DomainName, DomainInputError> name = readDomain(domain.toStdString());
    if (name && m_snapshot)
        m_session.show(m_snapshot, *name);
    else
        inspectTyped();
}

void MainWindow::begin()
{
    m_trail.visit({m_session.domain(), m_session.isRecorded() ? m_snapshot : nullptr,
                   m_session.isRecorded() ? m_snapshotName : QString()});
    m_top->showSteps(m_trail.before() != nullptr, m_trail.after() != nullptr);
    m_walk.clear();
    m_policyQuestion.clear();
    if (m_lookUps.isMade())
        m_lookUps->clear();
    countLookUps();
    m_top->clearProgress();
    const DomainName &domain = m_session.domain();
    const QString name = toQString(unicodeForm(domain));
    setWindowTitle(QStringLiteral("%1 – Mailoscope").arg(name));
    m_top->domainField().setText(name);
    if (m_spfPage.isMade())
        m_spfPage->walkPanel().suggestDomain(toQString(domain));
    if (domain == m_shownDomain)
        return; // the rows follow in place
    m_shownDomain = domain;
    takeReport(nullptr);
    m_selection.clear();
}

void MainWindow::goTo(const Trail::Stop &stop)
{
    m_strip->fallSilent();
    m_top->setList({}); // a list that was stepped through is left
    m_snapshot = stop.snapshot;
    m_snapshotName = stop.snapshotName;
    if (m_snapshot)
        m_session.show(m_snapshot, stop.domain);
    else
        inspect(stop.domain);
}

void MainWindow::setSample(const QString &sender)
{
    if (sender.isEmpty()) {
        m_session.setSample(std::nullopt);
        return;
    }
    spf::Sample sample;
    sample.sender = sender.toStdString();
    m_session.setSample(sample);
}

} // namespace mailoscope::ui
