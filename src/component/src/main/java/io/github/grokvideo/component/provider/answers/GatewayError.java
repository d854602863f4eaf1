// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.HttpAnswer;

/**
 * The error in an answer, in any of the gateways' envelopes: {@code {"error":{code,message,request_id}}} with
 * a text or a number as code, {@code {code,"error":"text"}}, {@code {code,msg}}, {@code {"success":false,message}},
 * {@code {detail:[{loc,msg}]}}, or plain text. Shortened and cleaned.
 *
 * @param code      null = none
 * @param message   null = none
 * @param requestId null = none
 */
public record GatewayError(String code, String message, String requestId) {

    private static final Pattern MODERATION = Pattern.compile(
            "(?i)content[ _-]?(policy|moderation|violation|filter)|moderat(ed|ion)|(sensitive|prohibited|violating)\\W[^.]{0,40}content"
                    + "|violat\\w+ .{0,40}(polic(y|ies)|guidelines)");
    /** A refusal that only lists the name of a field, such as {@code moderation}, is about the request's form. */
    private static final Pattern FORM = Pattern.compile(
            "(?i)(unknown|unsupported|unexpected|unrecogni[sz]ed|invalid|missing|extra) "
                    + "(request )?(field|parameter|property|option|argument|key|value)");

    public static GatewayError of(HttpAnswer answer) {
        return of(answer, Lenient.only(answer.json()));
    }

    /** @param body the object with the error, possibly part of the answer */
    public static GatewayError of(HttpAnswer answer, JsonNode body) {
        JsonNode error = Lenient.only(body.path("error"));
        JsonNode inner = body.path("data").isObject() ? body.path("data") : body;
        String message = Reason.first(error, body.path("message"), body.path("msg"), body.path("detail"), body.path("errors"),
                body.path("error_description"), body.path("error_message"), body.path("fail_reason"), body.path("failMsg"),
                body.path("reason"), body.path("title"), inner.path("error"), inner.path("message"), inner.path("fail_reason"));
        if (message == null && !body.isContainerNode() && isPlainText(answer.body())) {
            message = answer.body();
        }
        String code = first(error.path("code"), body.path("code"), error.path("type"), Lenient.at(body, "/errors/0/code"),
                Lenient.at(body, "/detail/0/type"));
        String requestId = first(error.path("request_id"));
        return new GatewayError(
                SafeText.clean(code, 80), SafeText.message(message),
                SafeText.clean(requestId != null ? requestId : answer.headers().get("X-Request-Id"), 120));
    }

    private static boolean isPlainText(String body) {
        String text = (body.startsWith("\uFEFF") ? body.substring(1) : body).stripLeading();
        return !text.startsWith("<") && !text.startsWith("{") && !text.startsWith("[");
    }

    /** Whether the body contains an error, for answers whose HTTP status shows none. */
    static boolean isIn(JsonNode body) {
        JsonNode error = body.path("error");
        boolean named = error.isContainerNode() ? !error.isEmpty()
                : SafeText.scalar(error) != null && !(error.isBoolean() && !error.asBoolean());
        return named || !body.path("errors").isEmpty()
                || body.path("success").isBoolean() && !body.path("success").asBoolean();
    }

    /** Whether it is about content moderation. */
    public boolean isModeration() {
        return code != null && MODERATION.matcher(code).find()
                || message != null && MODERATION.matcher(message).find() && !FORM.matcher(message).find();
    }

    /** The message, formatted to end a clause. */
    public String quoted() {
        return message == null ? "" : ": \"" + message + "\"";
    }

    private static String first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            String text = SafeText.scalar(Lenient.only(node));
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
