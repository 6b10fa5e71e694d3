// What most tests of the operators' program include, compiled once.
#pragma once

#include "app/pch.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>
