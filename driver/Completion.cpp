//===- Completion.cpp - shells that know perfidy's commands ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Completion.h"
#include "checks/Check.h"
#include <CLI/CLI.hpp>
#include <sstream>

namespace perfidy {

//===----------------------------------------------------------------------===//
// What there is to complete
//===----------------------------------------------------------------------===//

namespace {

/// An option or a positional argument.
struct Argument {
  std::vector<std::string> Names; ///< "-p", "--build"; empty if positional
  std::string Help;               ///< its first sentence
  bool TakesValue = false;
  bool Many = false;
  std::string Kind;               ///< "FILE"
  std::vector<std::string> Words; ///< what may follow it, if that is known
};

struct Command {
  std::string Name;
  std::string Help;
  std::vector<Argument> Arguments;

  /// What may stand alone, where that is known.
  std::vector<std::string> words() const {
    std::vector<std::string> Words;
    for (const Argument &Each : Arguments)
      if (Each.Names.empty())
        Words.insert(Words.end(), Each.Words.begin(), Each.Words.end());
    return Words;
  }
};

} // namespace

static std::string firstSentence(const std::string &Text) {
  size_t End = Text.find(". ");
  std::string Sentence = Text.substr(0, End);
  if (!Sentence.empty() && Sentence.back() == '.')
    Sentence.pop_back();
  return Sentence;
}

/// CLI11 puts what it checks after the kind: "SECONDS:POSITIVE".
static std::string kindOf(const CLI::Option &Of) {
  std::string Kind = Of.get_type_name();
  return Kind.substr(0, Kind.find(':'));
}

static std::vector<std::string> wordsOf(CLI::Option &Of) {
  std::vector<std::string> Words;
  if (kindOf(Of) == "CHECK" || kindOf(Of) == "GLOBS") {
    for (const CheckInfo &Each : allChecks())
      Words.emplace_back(Each.Name);
    return Words;
  }
  try {
    CLI::Validator &Known = *Of.get_validator(0);
    // Those of addWord() in Options.cpp: their names are the words.
    if (!Known.get_description().empty())
      return Words;
    std::istringstream In(Known.get_name());
    for (std::string Word; In >> Word;)
      Words.push_back(Word);
  } catch (const CLI::OptionNotFound &) {
    // It takes anything.
  }
  return Words;
}

static Argument argument(CLI::Option &Of) {
  Argument Result;
  for (const std::string &Name : Of.get_snames())
    Result.Names.push_back("-" + Name);
  for (const std::string &Name : Of.get_lnames())
    Result.Names.push_back("--" + Name);
  Result.Help = firstSentence(Of.get_description());
  Result.TakesValue = Of.get_expected_max() > 0 && !Result.Names.empty();
  Result.Many = Of.get_expected_max() > 1;
  Result.Kind = kindOf(Of);
  Result.Words = wordsOf(Of);
  return Result;
}

static Command command(CLI::App &Of) {
  Command Result{Of.get_name(), firstSentence(Of.get_description()), {}};
  for (CLI::Option *Each : Of.get_options({}))
    Result.Arguments.push_back(argument(*Each));
  return Result;
}

static std::string joined(const std::vector<std::string> &Words,
                          const char *Between = " ") {
  return CLI::detail::join(Words, Between);
}

//===----------------------------------------------------------------------===//
// bash
//===----------------------------------------------------------------------===//

/// The values of options, as branches of a case over "command:option".
static void bashValues(std::ostream &Out, const Command &Of) {
  for (const Argument &Each : Of.Arguments) {
    if (!Each.TakesValue)
      continue;
    std::vector<std::string> Patterns;
    for (const std::string &Name : Each.Names)
      Patterns.push_back(Of.Name + ':' + Name);
    Out << "  " << joined(Patterns, "|") << ")\n    ";
    if (!Each.Words.empty())
      Out << "COMPREPLY=($(compgen -W '" << joined(Each.Words)
          << "' -- \"$current\"))\n    ";
    // With nothing to offer bash completes names of files.
    Out << "return ;;\n";
  }
}

static std::string bash(const Command &Program,
                        const std::vector<Command> &Commands) {
  std::ostringstream Out;
  std::vector<std::string> Names;
  for (const Command &Each : Commands)
    Names.push_back(Each.Name);
  Out << "# bash completion for perfidy; written by `perfidy completion bash`\n"
         "_perfidy() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} before= command= i\n"
         "  COMPREPLY=()\n"
         "  ((COMP_CWORD > 0)) && before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  # --option=value is three words to bash.\n"
         "  if [[ $current == = ]]; then\n"
         "    current=\n"
         "  elif [[ $before == = ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  fi\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    case ${COMP_WORDS[i]} in\n"
         "    --) return ;;\n"
         "    "
      << joined(Names, "|")
      << ") : \"${command:=${COMP_WORDS[i]}}\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case $command:$before in\n";
  for (const Command &Each : Commands)
    bashValues(Out, Each);
  Out << "  esac\n"
         "  local words=\n"
         "  case $command in\n";
  auto Words = [&](const Command &Of, std::vector<std::string> Others) {
    for (const Argument &Each : Of.Arguments)
      for (const std::string &Name : Each.Names)
        if (Name.starts_with("--"))
          Others.push_back(Name);
    Out << "words='" << joined(Others) << "' ;;\n";
  };
  Out << "  '') ";
  Words(Program, Names);
  for (const Command &Each : Commands) {
    Out << "  " << Each.Name << ") ";
    Words(Each, Each.words());
  }
  Out << "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _perfidy perfidy\n";
  return std::move(Out).str();
}

//===----------------------------------------------------------------------===//
// zsh
//===----------------------------------------------------------------------===//

/// In single quotes, where _arguments gives brackets and colons a meaning.
static std::string zshText(const std::string &Text) {
  std::string Result;
  for (char C : Text) {
    if (C == '[' || C == ']' || C == ':' || C == '\\')
      Result += '\\';
    Result += C == '\'' ? std::string("'\\''") : std::string(1, C);
  }
  return Result;
}

static std::string zshValue(const Argument &Of) {
  return ":" + zshText(Of.Kind) + ":" +
         (Of.Words.empty() ? "_files" : "(" + joined(Of.Words) + ")");
}

static void zshArguments(std::ostream &Out, const Command &Of) {
  Out << "      _arguments -s";
  size_t Position = 0;
  for (const Argument &Each : Of.Arguments) {
    if (Each.Names.empty()) {
      ++Position;
      Out << " \\\n        '" << (Each.Many ? "*" : std::to_string(Position))
          << zshValue(Each) << "'";
    }
    for (const std::string &Name : Each.Names) {
      bool Long = Name.starts_with("--");
      Out << " \\\n        '" << Name
          << (!Each.TakesValue ? ""
              : Long           ? "="
                               : "+")
          << '[' << zshText(Each.Help) << ']'
          << (Each.TakesValue ? zshValue(Each) : "") << "'";
    }
  }
  Out << (Position ? "" : " \\\n        '*: :'") << " ;;\n";
}

static std::string zsh(const std::vector<Command> &Commands) {
  std::ostringstream Out;
  Out << "#compdef perfidy\n"
         "# zsh completion for perfidy; written by `perfidy completion zsh`\n"
         "_perfidy() {\n"
         "  local state line\n"
         "  local -a commands\n"
         "  _arguments -C '--help[Print help]' '--version[Print the version]' "
         "\\\n"
         "    '1:command:->command' '*::argument:->arguments'\n"
         "  case $state in\n"
         "  command)\n"
         "    commands=(\n";
  for (const Command &Each : Commands)
    Out << "      '" << zshText(Each.Name) << ':' << zshText(Each.Help)
        << "'\n";
  Out << "    )\n"
         "    _describe command commands ;;\n"
         "  arguments)\n"
         "    case $line[1] in\n";
  for (const Command &Each : Commands) {
    Out << "    " << Each.Name << ")\n";
    zshArguments(Out, Each);
  }
  Out << "    esac ;;\n"
         "  esac\n"
         "}\n"
         "if [[ $funcstack[1] == _perfidy ]]; then\n"
         "  _perfidy \"$@\"\n"
         "else\n"
         "  compdef _perfidy perfidy\n"
         "fi\n";
  return std::move(Out).str();
}

//===----------------------------------------------------------------------===//
// fish
//===----------------------------------------------------------------------===//

static std::string fishText(const std::string &Text) {
  std::string Result = "'";
  for (char C : Text) {
    if (C == '\'' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "'";
}

static void fishArguments(std::ostream &Out, const Command &Of) {
  std::string Begin =
      "complete -c perfidy -n '__fish_seen_subcommand_from " + Of.Name + "'";
  for (const Argument &Each : Of.Arguments) {
    bool Words = !Each.Words.empty();
    if (Each.Names.empty()) {
      if (Words)
        Out << Begin << " -f -a " << fishText(joined(Each.Words)) << '\n';
      continue;
    }
    Out << Begin;
    for (const std::string &Name : Each.Names)
      Out << (Name.starts_with("--") ? " -l " + Name.substr(2)
                                     : " -s " + Name.substr(1));
    if (Each.TakesValue)
      Out << (Words ? " -x -a " + fishText(joined(Each.Words)) : " -r -F");
    Out << " -d " << fishText(Each.Help) << '\n';
  }
}

static std::string fish(const std::vector<Command> &Commands) {
  std::ostringstream Out;
  Out << "# fish completion for perfidy; written by `perfidy completion fish`\n"
         "complete -c perfidy -n __fish_use_subcommand -f\n"
         "complete -c perfidy -n __fish_use_subcommand -l help -d 'Print "
         "help'\n"
         "complete -c perfidy -n __fish_use_subcommand -l version -d 'Print "
         "the version'\n";
  for (const Command &Each : Commands)
    Out << "complete -c perfidy -n __fish_use_subcommand -f -a " << Each.Name
        << " -d " << fishText(Each.Help) << '\n';
  for (const Command &Each : Commands)
    fishArguments(Out, Each);
  return std::move(Out).str();
}

std::string completion(Options::Shell For) {
  Options Unused;
  CLI::App App("", "perfidy");
  App.set_version_flag("--version", "");
  addCommands(App, Unused);
  std::vector<Command> Commands;
  for (CLI::App *Each : App.get_subcommands([](CLI::App *) { return true; }))
    Commands.push_back(command(*Each));
  switch (For) {
  case Options::Shell::Bash:
    return bash(command(App), Commands);
  case Options::Shell::Zsh:
    return zsh(Commands);
  case Options::Shell::Fish:
    return fish(Commands);
  }
  return "";
}

} // namespace perfidy
