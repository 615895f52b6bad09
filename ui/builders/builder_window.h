// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "report/form_start.h"

#include <QDialog>

#include <memory>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;

namespace mailoscope::ui
{

class ChoiceField;
class CopyAsBar;
class LinesView;
class MessageStrip;

/// What is known of a domain, for who makes records for it.
struct KnownDomain {
    std::shared_ptr<const Report> report; ///< null where nothing is known
    FactStore facts;
};

/// A record made of choices: the form on the left, the record as it grows on the right. What comes out is
/// what `mailoscope-cli make` makes of the same choices.
class BuilderWindow : public QDialog
{
    Q_OBJECT
public:
    BuilderWindow(const builders::Form &form, KnownDomain known, FileChoosers choosers,
                  QWidget *parent = nullptr);
    ~BuilderWindow() override;

    const builders::Form &form() const { return m_form; }
    /// True where it was begun with this domain.
    bool isAbout(const std::shared_ptr<const Report> &report) const;
    CopyAsBar &copyBar() const { return *m_copy; }
    /// The choices as they stand.
    builders::Choices choices() const;
    /// Nothing while they make no record. As they would be published over what stands today.
    const std::vector<fixes::Change> &changes() const { return m_changes; }

Q_SIGNALS:
    void tryWanted(const mailoscope::DomainName &domain,
                   const std::vector<mailoscope::fixes::Change> &changes);

private:
    QWidget *makeForm();
    QWidget *makeResult();
    QSize wantedSize() const;
    void begin();
    void rebuild();
    void showResult(const builders::BuildResult &result);
    bool isWithinBounds();
    bool isKnown() const;

    const builders::Form &m_form;
    const KnownDomain m_known;
    const FileChoosers m_choosers;
    FormStart m_start;
    std::optional<DomainName> m_domain; ///< as typed, where it can be read
    std::vector<fixes::Change> m_changes;
    std::vector<ChoiceField *> m_fields;
    QSplitter *m_split;
    QWidget *m_sheet; ///< of the form
    QLineEdit *m_name;
    QLineEdit *m_ttl;
    QLabel *m_problem;
    LinesView *m_record;
    LinesView *m_words;
    QCheckBox *m_allTheSame;
    CopyAsBar *m_copy;
    QPushButton *m_try;
    MessageStrip *m_strip;
};

} // namespace mailoscope::ui
