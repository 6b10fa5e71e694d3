#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sdc::commands {

using Words = std::vector<std::string>;
using Options = std::map<std::string, std::string>;

/// "--nome valore" pairs after the command's words. Throws std::runtime_error with a sentence, as all here do.
Options options(const Words& words, std::size_t from);
/// The same where only these are known, and the first of them is needed; a wrong one brings its usage along.
Options options(const Words& words, const std::vector<std::string>& known, const char* usage);
const std::string& need(const Options& options, const std::string& name);
std::optional<std::string> optional(const Options& options, const char* name);

/// Takes a word that stands alone out of the others; whether it was there.
bool takeFlag(Words& words, const std::string& flag);
/// The bytes of a file that an administrator named, in a command or the configuration. Throws where it cannot be read.
std::string readFile(const std::filesystem::path& file);

/// Takes out an option that may be given several times; its values.
Words takeAll(Words& words, const std::string& option);

}
