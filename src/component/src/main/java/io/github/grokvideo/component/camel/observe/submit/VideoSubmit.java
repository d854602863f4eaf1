// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.ResolvedRequest;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Lets people make videos, for consoles over JMX: simple types and JSON only. Only accounts that allow it pay (option
 * {@code consoleSubmit}). Operations block, and throw IllegalArgumentException or IllegalStateException with a plain message.
 */
@ManagedResource(description = "Makes Grok Imagine videos for people, where an account allows it (option consoleSubmit)")
public final class VideoSubmit extends ServiceSupport implements StaticService {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'video-'yyyyMMdd-HHmmss'.mp4'").withZone(ZoneOffset.UTC);

    private final VideoEngine engine;
    private final SubmitAccounts accounts;
    private final boolean showPrompts;
    private final Clock clock;
    private final Uploads uploads;
    private final FormSubmit submits;

    /** @param showPrompts whether consoles show prompts of earlier jobs */
    public VideoSubmit(VideoEngine engine, SubmitAccounts accounts, boolean showPrompts, Clock clock) {
        this.engine = engine;
        this.accounts = accounts;
        this.showPrompts = showPrompts;
        this.clock = clock;
        this.uploads = new Uploads(accounts.uploads(), clock);
        this.submits = new FormSubmit(engine);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        uploads.clear();
    }

    @ManagedOperation(description = "The accounts that allow it, as JSON: name, provider, default model, whether videos stay in a"
            + " directory, and the fields and values that each model accepts in each mode")
    public String offers() {
        return JmxCall.plainly(() -> SubmitView.write(Map.of("accounts", accounts.all().stream().map(SubmitView::offer).toList())));
    }

    @ManagedOperation(description = "What another request starts from, as JSON. 1 id: of the job whose request it is")
    public String again(String id) {
        return JmxCall.plainly(() -> {
            requireAccounts();
            VideoJob job = job(id);
            return SubmitView.write(SubmitView.again(job, new EarlierRequest(job, showPrompts), engine.operations().isRepeatable(job)));
        });
    }

    @ManagedOperation(description = "Checks a request without sending anything, and returns JSON: violations, warnings, model, mode,"
            + " estimate, budgets. 1 form: JSON with account, fields, images, again, keep, fileName")
    public String validate(String form) {
        return JmxCall.plainly(() -> {
            Filled filled = new Filled(SubmitForm.read(form));
            try {
                VideoOrder order = filled.order(null);
                ResolvedRequest resolved = JmxCall.await("The check", engine.validate(order));
                return SubmitView.write(SubmitView.checked(resolved,
                        engine.spending().uses(order.account().name(), SubmitAccounts.TAG), filled.hidden()));
            } catch (InvalidRequestException e) {
                return SubmitView.write(SubmitView.refused(e.getViolations(), filled.hidden()));
            }
        });
    }

    @ManagedOperation(description = "Makes a video. COSTS. Returns JSON: job, the id of the job, or the violations, and nothing was sent."
            + " 1 form: as for validate. 2 key: a UUID, one for each form: the same key never makes a second job")
    public String submit(String form, String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("The form has no key: load the page again");
        }
        return JmxCall.plainly(() -> {
            Filled filled = new Filled(SubmitForm.read(form));
            try {
                VideoOrder order = filled.order(key);
                return SubmitView.write(submits.submit(order, filled.job, accounts.all(), uploads.hold(order.request())));
            } catch (InvalidRequestException e) {
                return SubmitView.write(SubmitView.refused(e.getViolations(), filled.hidden()));
            }
        });
    }

    @ManagedOperation(description = "Keeps an image for a form for a day, and returns its id."
            + " 1 image: JPEG, PNG, WebP or GIF, at most 20 MiB")
    public String upload(byte[] image) {
        requireAccounts();
        return uploads.add(image);
    }

    private void requireAccounts() {
        if (accounts.all().isEmpty()) {
            throw new IllegalStateException("No account lets the console make videos (option consoleSubmit)");
        }
    }

    private VideoJob job(String id) {
        return engine.find(id).orElseThrow(() -> new IllegalArgumentException("No job '" + id + "' is in the store"));
    }

    /** A form with what it refers to. */
    private final class Filled {

        private final SubmitForm form;
        private final SubmitAccount account;
        /** null = the form starts from none. */
        private final VideoJob job;
        private final EarlierRequest earlier;

        private Filled(SubmitForm form) {
            this.form = form;
            account = accounts.all().stream().filter(one -> one.name().equals(form.account())).findFirst().orElseThrow(
                    () -> new IllegalArgumentException("The account '" + form.account()
                            + "' does not let the console make videos (option consoleSubmit)"));
            job = form.again() == null ? null : job(form.again());
            earlier = job == null ? null : new EarlierRequest(job, showPrompts);
        }

        /**
         * @param  key null = to be checked only
         * @throws InvalidRequestException if it cannot be read
         */
        private VideoOrder order(String key) {
            String name = form.fileName() == null || form.fileName().isBlank() ? NAME.format(clock.instant()) : form.fileName().strip();
            Map<String, Object> fields = FormRequest.fields(form, earlier, uploads);
            try {
                return accounts.order(UUID.randomUUID().toString(), account, accounts.request(fields), key, name, VideoSubmit.this);
            } catch (IllegalArgumentException e) {
                throw InvalidRequestException.of(null, null, List.of(new Violation("fileName", null, "must be " + e.getMessage())));
            }
        }

        /** What was kept may be secret, a prompt that is not shown above all. */
        private Set<String> hidden() {
            Set<String> hidden = new HashSet<>(form.keep());
            form.fields().forEach((name, value) -> {
                if (value != null && !value.toString().isBlank()) {
                    hidden.remove(name);
                }
            });
            if (earlier != null) {
                hidden.add("images");
            }
            return hidden;
        }
    }
}
