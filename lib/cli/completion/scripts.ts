/**
 * What a shell is told: to ask the command that is being typed. What it prints is `WORD<tab>DESCRIPTION` a line, whole words that
 * begin as the one at the cursor does; where it prints nothing, the shell offers files. No shell expands what it prints.
 */
export const scripts = {
  // No mapfile: macOS has bash 3.2. `=` may be a word of its own (COMP_WORDBREAKS).
  bash: `_espalier() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${COMP_WORDS[0]}" completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _espalier espalier
`,
  zsh: `#compdef espalier
_espalier() {
  local -a lines names shown
  local line
  lines=("\${(@f)$("\${(Q)words[1]}" completion words -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    names+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  }")
  done
  if (( \${#names} )); then compadd -l -d shown -a names; else _files; fi
}
if [[ \${funcstack[1]} = _espalier ]]; then _espalier "$@"; else compdef _espalier espalier; fi
`,
  fish: `function __espalier_words
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l found ($words[1] completion words -- $words[2..-1] "$current" 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path "$current"
  end
end
complete -c espalier -f -a '(__espalier_words)'
`,
} as const;
