// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import org.opentest4j.AssertionFailedError;

/** What the gateways have charged, compared with what a test expects. */
final class PaidJobs {

    private static final int LISTED = 20;
    private static final int PROMPT = 80;

    private final GrokVideoSimulator simulator;
    private final List<LedgerEntry> charges;

    PaidJobs(GrokVideoSimulator simulator) {
        this.simulator = simulator;
        this.charges = simulator.ledger().charges();
    }

    /**
     * Compares the number of charges.
     *
     * @throws AssertionFailedError if it is another one; the message lists the charged jobs and, if one is missing, the submits
     */
    void mustBe(int expected) {
        if (charges.size() != expected) {
            throw new AssertionFailedError(message(expected), expected, charges.size());
        }
    }

    private String message(int expected) {
        List<String> lines = new ArrayList<>();
        lines.add("Expected " + (expected == 0 ? "no paid job" : jobs(expected)) + ", but there "
                + (charges.size() == 1 ? "is " : "are ") + (charges.isEmpty() ? "none." : charges.size() + ":"));
        lines.addAll(listed(charges.stream().map(this::line).toList()));
        if (charges.size() < expected) {
            List<LoggedRequest> submits = simulator.requests().entries(RequestKind.SUBMIT);
            lines.add(submits.isEmpty() ? "No submit has reached the gateway." : "Submits that have reached the gateway:");
            lines.addAll(listed(submits.stream().map(PaidJobs::line).toList()));
        }
        return String.join("\n", lines);
    }

    private static String jobs(int count) {
        return count == 1 ? "1 paid job" : count + " paid jobs";
    }

    private static List<String> listed(List<String> lines) {
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < Math.min(lines.size(), LISTED); i++) {
            listed.add("  " + (i + 1) + ". " + lines.get(i));
        }
        if (lines.size() > LISTED) {
            listed.add("  and " + (lines.size() - LISTED) + " more");
        }
        return listed;
    }

    private String line(LedgerEntry charge) {
        return charge.taskId() + " at " + charge.gateway() + ", " + state(charge.taskId()) + ", "
                + charge.amount().stripTrailingZeros().toPlainString() + " " + charge.unit()
                + (refunded().contains(charge.taskId()) ? " (refunded)" : "") + ", prompt: " + shortened(charge.prompt());
    }

    private String state(String taskId) {
        return simulator.job(taskId).map(SimulatedJob::state).map(Enum::name).orElse("REMOVED");
    }

    private Set<String> refunded() {
        return simulator.ledger().refunds().stream().map(LedgerEntry::taskId).collect(Collectors.toSet());
    }

    private static String line(LoggedRequest submit) {
        return submit.method() + " " + submit.path() + ", "
                + (submit.status() == 0 ? "no answer" : "answered with HTTP " + submit.status())
                + (submit.fault() == null ? "" : " because of the fault " + submit.fault());
    }

    private static String shortened(String prompt) {
        String line = prompt.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "none" : line.length() <= PROMPT ? line : line.substring(0, PROMPT) + "...";
    }
}
