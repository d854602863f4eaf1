// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpCall;

/** Queries gateways for the remaining credit. */
final class BalanceQuery {

    private final GatewayCalls gateway;
    private final EngineSettings settings;
    private final CallGate calls;

    BalanceQuery(EngineParts parts, CallGate calls) {
        this.gateway = parts.gateway();
        this.settings = parts.settings();
        this.calls = calls;
    }

    CompletableFuture<BalanceAnswer.Balance> ask(VideoAccount account) {
        Optional<HttpCall> call = account.provider().balance();
        String name = account.provider().name();
        if (call.isEmpty()) {
            throw JobError.of(ErrorType.UNSUPPORTED, account.provider().balanceUnsupported(), Charged.NO).toException(null, name);
        }
        return calls.urgent(() -> gateway.call(
                GatewayCall.Operation.BALANCE, null, account, call.get(), settings.pollTimeout())).handle((answer, failure) -> {
            if (failure != null) {
                throw EngineErrors.noAnswer("the balance query", failure, "Try again later").toException(null, name);
            }
            BalanceAnswer meaning = account.provider().balance(answer);
            if (meaning instanceof BalanceAnswer.Refused refused) {
                throw refused.error().toException(null, name);
            }
            return (BalanceAnswer.Balance) meaning;
        });
    }
}
