#pragma once

#include "server/jobs/worker.h"

namespace sdc::jobs {

/// A mail of the ente's, with what is the same in all: the job's own Message-ID, who writes, who is answered.
gateways::Mail startMail(const Tools& tools, const store::Job& job, const gateways::Casella& to);
/// Who must act where a mail did not leave.
JobFailure toJobFailure(const gateways::PostaNonInviata& failure);
/// Hands it over; throws JobFailure where the mail server did not take it.
void send(const Tools& tools, const gateways::Mail& mail);

}
