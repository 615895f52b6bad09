# SPDX-License-Identifier: Apache-2.0
# Completion of mailoscope-cli for bash. What can be typed is read from the program's own --help, so that both say the same.

# The options of a command, read from its help.
_mailoscope_cli_options()
{
    "$1" "${@:2}" --help 2>/dev/null | sed -n 's/^  \(--[a-z0-9-]*\).*/\1/p'
}

# What follows an option, as the help calls it: FILE, or a|b|c.
_mailoscope_cli_value()
{
    "$1" "${@:3}" --help 2>/dev/null | sed -n "s/^  $2 \([^ ]*\).*/\1/p"
}

_mailoscope_cli_commands()
{
    "$1" --help 2>/dev/null | sed -n 's/^  mailoscope-cli \([a-z][a-z-]*\) .*/\1/p'
}

_mailoscope_cli_kinds()
{
    "$1" make --help 2>/dev/null | sed -n 's/^  mailoscope-cli make \([a-z][a-z-]*\) .*/\1/p'
}

_mailoscope_cli_forms()
{
    "$1" make --help 2>/dev/null | sed -n '/Forms for --copy-as/,$s/^  \([a-z0-9][a-z0-9-]*\)  *[A-Za-z].*/\1/p'
}

# The names that the help of --profile lists behind its colon.
_mailoscope_cli_profiles()
{
    "$1" inspect --help 2>/dev/null | sed -n '/^  --profile /,/^  --copy-as /p' | sed '$d' | tr '\n' ' ' \
        | sed 's/.*: *//; s/ or / /g; s/,/ /g'
}

_mailoscope_cli()
{
    local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local value command=("${COMP_WORDS[@]:1:1}")
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W "$(_mailoscope_cli_commands "$program") help --help --version" -- "$current"))
        return
    fi
    if [[ ${command[0]} == help ]]; then
        COMPREPLY=($(compgen -W "$(_mailoscope_cli_commands "$program")" -- "$current"))
        return
    fi
    if [[ ${command[0]} == make ]]; then
        if [[ $COMP_CWORD -eq 2 ]]; then
            COMPREPLY=($(compgen -W "$(_mailoscope_cli_kinds "$program") --help" -- "$current"))
            return
        fi
        command=("${COMP_WORDS[@]:1:2}")
    fi
    if [[ $previous == --?* ]]; then
        case $previous in
            --color) value='auto|always|never' ;;
            --copy-as) value=$(_mailoscope_cli_forms "$program") ;;
            --profile) value=$(_mailoscope_cli_profiles "$program") ;;
            *) value=$(_mailoscope_cli_value "$program" "$previous" "${command[@]}") ;;
        esac
        case $value in
            FILE | PEM)
                compopt -o filenames 2>/dev/null
                COMPREPLY=($(compgen -f -- "$current"))
                return
                ;;
            *[a-z]*)
                COMPREPLY=($(compgen -W "${value//|/ }" -- "$current"))
                return
                ;;
            ?*) return ;; # a name, a number or an address, which nobody can guess
        esac
    fi
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(_mailoscope_cli_options "$program" "${command[@]}")" -- "$current"))
    fi
} && complete -F _mailoscope_cli mailoscope-cli
