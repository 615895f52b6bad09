// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/look_up.h"
#include "report/report.h"

#include <QObject>

#include <memory>

namespace mailoscope::gather
{

class Gatherer;

/// Inspects one domain at a time: evaluate; gather, all at once, whatever was needed and is not under way;
/// when answers arrive, evaluate again; stop when nothing is needed. Answers that arrive together are
/// evaluated together. Lives in one thread and never blocks it.
class Inspector : public QObject
{
    Q_OBJECT
public:
    enum class Ending {
        Done,       ///< everything that was needed has been asked; look-ups may have failed, the report tells
        Stopped,    ///< by stop(), a new start() or the Inspector's end: the report has pending places in it
        NoResolver, ///< not one question was answered by any resolver
    };
    Q_ENUM(Ending)

    /// The gatherer may be shared by several inspectors, so that they share its cache.
    explicit Inspector(std::shared_ptr<Gatherer> gatherer, QObject *parent = nullptr);
    ~Inspector() override;

    /// Begins; an inspection under way is stopped first. The first report follows from the event loop, soon.
    void start(const DomainName &domain, const InspectOptions &options = {});
    /// Evaluates again over the facts at hand with other options (a sample sender, say), gathering what is
    /// missing.
    void setOptions(const InspectOptions &options);
    /// Lays changes over the facts from now on: the reports tell how the domain would be if they were
    /// published. Evaluates again where an inspection was started.
    void setChanges(std::vector<fixes::Change> changes);
    /// Ends the inspection; the facts gathered so far and the last report stay.
    void stop();
    bool isRunning() const;

    const DomainName &domain() const;
    /// The last report; null before the first.
    std::shared_ptr<const Report> report() const;
    const FactStore &facts() const;
    const LookUpLog &log() const;

Q_SIGNALS:
    void reportReady(std::shared_ptr<const mailoscope::Report> report);
    /// `done` of `known` look-ups; `known` grows while answers name new questions.
    void progressed(int done, int known);
    /// The log's entry `id` is new or has changed.
    void lookUpChanged(const mailoscope::gather::LookUp &lookUp);
    void finished(mailoscope::gather::Inspector::Ending ending);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
