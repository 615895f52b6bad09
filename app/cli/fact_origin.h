// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"
#include "facts/snapshot.h"
#include "gather/gatherer.h"
#include "output.h"

#include <QObject>

#include <memory>

/// Where the facts of a run come from, and where they are recorded, as the options say.
namespace mailoscope::cli
{

class FactOrigin
{
public:
    /// Reads `--resolver`, `--timeout`, `--ca-file`, `--snapshot` and, of the commands that have it,
    /// `--sample`.
    static Result<FactOrigin, Failure> make(const Arguments &arguments);

    const std::shared_ptr<gather::Gatherer> &gatherer() const { return m_gatherer; }
    /// Null where the network is asked.
    const Snapshot *snapshot() const { return m_snapshot.get(); }
    /// The kinds of facts to ask for: those of `--smtp` and `--no-https`, or those that the snapshot was made
    /// with.
    Reach reach(const Arguments &arguments) const;
    /// The DKIM selectors of `--selector` and those that the snapshot was made with.
    std::vector<std::string> selectors(const Arguments &arguments) const;
    /// Why nothing could be told about a name, for people. `last` is how a look-up failed.
    Failure silence(const std::string &name, std::optional<FactOutcome> last) const;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<gather::Gatherer> m_gatherer;
    std::string m_asked; ///< the resolvers or the file, for messages
};

/// Keeps every fact that is gathered and writes them to the file that `--record` names.
class Recorder : public QObject
{
    Q_OBJECT
public:
    /// The file is opened at once. Without `--record`, only what silence() needs is noted.
    static Result<std::unique_ptr<Recorder>, Failure> make(const Arguments &arguments,
                                                           const FactOrigin &origin);

    void addDomain(const DomainName &domain);
    /// What a report was made of. The same question may have been asked more than once, for a page's host
    /// say, and an answer out of the cache has a lower TTL: the recording holds what the report shows.
    void keep(const FactStore &facts);
    /// True where facts were asked for and no server answered one of them.
    bool heardNothing() const { return m_gathered > 0 && m_answered == 0; }
    std::optional<FactOutcome> firstFailure() const { return m_firstFailure; }
    std::optional<Failure> finish();

private:
    explicit Recorder(Output output) : m_output(std::move(output)) {}
    void note(const Fact &fact);

    Output m_output;
    bool m_isRecording = false;
    bool m_isPacked = false;
    std::shared_ptr<gather::Gatherer> m_gatherer;
    Snapshot m_snapshot;
    std::uint64_t m_gathered = 0;
    std::uint64_t m_answered = 0;
    std::optional<FactOutcome> m_firstFailure;
};

} // namespace mailoscope::cli
