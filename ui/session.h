// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/snapshot.h"
#include "gather/inspector.h"
#include "gather/resolver.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace mailoscope::gather
{
class Gatherer;
}

namespace mailoscope::ui
{

/// Makes the gatherer that asks these resolvers; replaced in tests.
using MakeGatherer = std::function<std::shared_ptr<gather::Gatherer>(const std::vector<gather::Resolver> &)>;

/// What the window shows: one domain, inspected through resolvers or out of a snapshot. Owns the inspector
/// and keeps the gatherer, whose cache serves one inspection after another.
class Session : public QObject
{
    Q_OBJECT
public:
    enum class State { Empty, Running, Done, Stopped, NoResolver };

    explicit Session(MakeGatherer makeGatherer, QObject *parent = nullptr);
    ~Session() override;

    /// Those to ask from the next inspection on.
    void setResolvers(std::vector<gather::Resolver> resolvers);
    const std::vector<gather::Resolver> &resolvers() const { return m_resolvers; }

    /// Another gatherer from the next inspection on: how it is made has changed.
    void renewGatherer() { m_network.reset(); }

    /// Inspects through the resolvers. One under way is stopped.
    void inspect(const DomainName &domain);
    /// The same domain again, with nothing answered from the cache.
    void inspectAfresh();
    /// Inspects a recorded domain out of the snapshot and touches no network.
    void show(std::shared_ptr<const Snapshot> snapshot, const DomainName &domain);
    void stop();
    void setSample(std::optional<spf::Sample> sample);
    /// Whether mail hosts may be greeted. Asks them at once where that is new.
    void setSmtpAllowed(bool allowed);
    bool isSmtpAllowed() const { return m_isSmtpAllowed; }
    /// Whether the zone's own servers are asked, past the resolvers. Asks them at once where that is new.
    void setServersAsked(bool asked);
    /// DKIM selectors to ask for besides those that are tried anyway, and the signatures of a message that
    /// name some.
    void setSelectors(std::vector<std::string> selectors, std::vector<dkim::SignatureName> signatures);
    const std::vector<std::string> &selectors() const { return m_selectors; }

    /// Gives the selectors that are remembered of a domain; asked when an inspection begins.
    using Recall = std::function<std::vector<std::string>(const DomainName &)>;
    void setRecall(Recall recall) { m_recall = std::move(recall); }

    State state() const { return m_state; }
    bool isRunning() const { return m_state == State::Running; }
    bool isRecorded() const { return m_snapshot != nullptr; }
    const DomainName &domain() const { return m_domain; }
    std::shared_ptr<const Report> report() const;
    const gather::LookUpLog &log() const;
    /// All that was gathered, and how the domain is inspected.
    const FactStore &facts() const;
    InspectOptions options() const { return optionsNow(); }
    /// Whom a walk may ask: never null once a domain is shown.
    std::shared_ptr<gather::Gatherer> gatherer() const { return m_gatherer; }
    /// Everything that is known now, to be saved.
    Snapshot snapshot() const;

Q_SIGNALS:
    /// Another domain, or the same again: what was shown belongs to the past.
    void began();
    void reportReady(std::shared_ptr<const mailoscope::Report> report);
    void progressed(int done, int known);
    void lookUpChanged(const mailoscope::gather::LookUp &lookUp);
    void stateChanged();

private:
    void begin(std::shared_ptr<gather::Gatherer> gatherer, const DomainName &domain);
    void end(gather::Inspector::Ending ending);
    void setState(State state);

    MakeGatherer m_makeGatherer;
    std::vector<gather::Resolver> m_resolvers;
    std::shared_ptr<gather::Gatherer> m_network; ///< asks m_resolvers; null until it is needed
    std::shared_ptr<const Snapshot> m_snapshot;  ///< null where the network is asked
    std::shared_ptr<gather::Gatherer> m_gatherer;
    std::unique_ptr<gather::Inspector> m_inspector;
    InspectOptions optionsNow() const;
    void goOn();

    InspectOptions m_options;
    bool m_isSmtpAllowed = false;
    bool m_areServersAsked = false;
    std::vector<std::string> m_selectors;
    std::vector<dkim::SignatureName> m_signatures;
    Recall m_recall;
    std::vector<std::string> m_remembered; ///< of m_domain
    DomainName m_domain;
    State m_state = State::Empty;
};

} // namespace mailoscope::ui
