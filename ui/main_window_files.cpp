// SPDX-License-Identifier: Apache-2.0
// Snapshots, drafts and messages: opened, saved, dropped.
#include "main_window.h"

#include "base/domain_input.h"
#include "draft_file.h"
#include "message/header.h"
#include "pages/state_page.h"
#include "report/report.h"
#include "save_file.h"
#include "snapshot_file.h"
#include "text/shown_string.h"
#include "widgets/domain_field.h"
#include "widgets/message_strip.h"
#include "widgets/top_bar.h"
#include "widgets/what_if_panel.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QTabWidget>
#include <QUrl>

namespace mailoscope::ui
{

namespace
{

constexpr int MostRecentFiles = 8;

QString localFileOf(const QMimeData &dropped)
{
    const QList<QUrl> urls = dropped.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

/// Whether the file is one of a DNS server's, as far as its name and its beginning tell.
bool isZoneFile(const QString &path)
{
    const QFileInfo file(path);
    if (file.suffix().compare(QStringLiteral("zone"), Qt::CaseInsensitive) == 0 ||
        file.fileName().startsWith(QStringLiteral("db.")))
        return true;
    QFile content(path);
    if (!content.open(QIODevice::ReadOnly))
        return false;
    constexpr qint64 Beginning = 4096;
    const QByteArray text = content.read(Beginning);
    return text.contains("$ORIGIN") || text.contains("$TTL") || text.contains("IN SOA") ||
           text.contains("IN\tSOA");
}

} // namespace

void MainWindow::openSnapshotFile(const QString &path)
{
    if (path.endsWith(QStringLiteral(".eml"), Qt::CaseInsensitive) && takeMessage(path))
        return;
    if (isZoneFile(path)) {
        m_strip->say(Meaning::Medium,
                     tr("Zone files cannot be read yet. Paste the names of its mail domains into the field "
                        "above to inspect them, or open a snapshot (.mailoscope) or a message (.eml)."));
        return;
    }
    Result<Snapshot, QString> snapshot = readSnapshotFile(path);
    if (!snapshot) {
        if (m_session.state() == Session::State::Empty) {
            m_statePage->tell(Meaning::High, tr("The snapshot cannot be shown"), snapshot.error(),
                              tr("&Open another…"));
        } else {
            m_strip->say(Meaning::High, snapshot.error());
        }
        return;
    }
    if (snapshot->domains.empty()) {
        m_strip->say(Meaning::Medium, tr("The snapshot does not say which domain was inspected."));
        return;
    }
    rememberFile(path);
    showSnapshot(std::move(*snapshot), QFileInfo(path).fileName());
}

void MainWindow::showSnapshot(Snapshot snapshot, const QString &name)
{
    m_strip->fallSilent();
    m_snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    m_snapshotName = name;
    QStringList domains;
    for (const DomainName &domain : m_snapshot->domains)
        domains << toQString(unicodeForm(domain));
    m_top->setList(domains);
    if (!m_snapshot->domains.empty())
        m_session.show(m_snapshot, m_snapshot->domains.front());
}

void MainWindow::saveSnapshot(const QString &path)
{
    if (const std::optional<QString> problem = writeSnapshotFile(path, m_session.snapshot())) {
        m_strip->say(Meaning::High, *problem);
        return;
    }
    rememberFile(path);
    m_strip->say(Meaning::Ok, tr("Saved as %1.").arg(shownFileName(path)));
}

void MainWindow::rememberFile(const QString &path)
{
    const QString key = QStringLiteral("files/recent");
    QStringList files = m_parts.settings->value(key).toStringList();
    const QString whole = QFileInfo(path).absoluteFilePath();
    files.removeAll(whole);
    files.prepend(whole);
    m_parts.settings->setValue(key, QStringList(files.mid(0, MostRecentFiles)));
    fillRecentMenu();
}

void MainWindow::fillRecentMenu()
{
    m_recent->clear();
    for (const QString &path : m_parts.settings->value(QStringLiteral("files/recent")).toStringList()) {
        // In a menu a lone ampersand would underline what follows it.
        QString text = shownString(path.toStdString());
        QAction *action = m_recent->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, path] { openSnapshotFile(path); });
    }
    m_recent->setEnabled(!m_recent->isEmpty());
}

bool MainWindow::takeMessage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const std::string message = file.read(qint64(message::MaxHeaderOctets)).toStdString();
    const std::vector<dkim::SignatureName> signatures = dkim::signatureNames(message);
    if (signatures.empty()) {
        m_strip->say(Meaning::Medium, tr("The message holds no DKIM signature that names a selector."));
        return true;
    }
    m_session.setSelectors(m_session.selectors(), signatures);
    const DomainName &domain = signatures.front().domain;
    QStringList names;
    for (const dkim::SignatureName &signature : signatures)
        names << QStringLiteral("%1 (%2)").arg(shownString(signature.selector), toQString(signature.domain));
    if (m_session.isRecorded() || m_session.state() == Session::State::Empty) {
        m_top->domainField().setText(toQString(unicodeForm(domain)));
        inspect(domain);
    }
    m_strip->say(Meaning::Info, tr("The message is signed with %1.").arg(names.join(QStringLiteral(", "))));
    return true;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFileOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = localFileOf(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openSnapshotFile(path);
}

void MainWindow::openDraft(const QString &path)
{
    Result<fixes::EditedRecords, QString> draft = readDraftFile(path);
    if (!draft) {
        m_strip->say(Meaning::Medium, draft.error());
        return;
    }
    const std::shared_ptr<const Report> reality = m_whatIf.reality();
    if (!reality || draft->domain != reality->domain) {
        m_strip->say(Meaning::Medium,
                     tr("The draft was made for %1. Inspect that domain, then open it again.")
                         .arg(toQString(draft->domain)));
        return;
    }
    m_whatIf.setDraft(*std::move(draft));
    showLower(m_whatIfPanel.place());
}

void MainWindow::saveDraft(const QString &path)
{
    if (const std::optional<QString> problem = writeDraftFile(path, m_whatIf.draft()))
        m_strip->say(Meaning::High, *problem);
    else
        m_strip->say(Meaning::Ok, tr("Saved as %1.").arg(shownFileName(path)));
}

} // namespace mailoscope::ui
