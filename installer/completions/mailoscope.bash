# SPDX-License-Identifier: Apache-2.0
# Completion of mailoscope for bash.
_mailoscope()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $previous in
        --resolver | --timeout) return ;;
    esac
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--snapshot --resolver --timeout --help --help-all --version" -- "$current"))
        return
    fi
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -d -- "$current") $(compgen -f -X '!*.mailoscope?(.gz)' -- "$current"))
} && complete -F _mailoscope mailoscope
