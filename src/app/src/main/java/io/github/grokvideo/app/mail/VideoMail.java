// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.mail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import org.apache.camel.Exchange;

/**
 * Puts a mail together that every reader shows well, which camel-mail's own parts do not: its attachments are lost to whoever shows the
 * plain text. The words are the route's; the HTML is made of them. Thread-safe.
 */
public final class VideoMail {

    private static final String JOB_ID = "CamelGrokVideoJobId";
    private static final String POSTER = "<p><img src=\"cid:poster\" alt=\"The first frame\" style=\"max-width:100%\"></p>";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+");

    private final PosterFrame posters = new PosterFrame();

    /**
     * Makes the body a mail for {@code smtp:}. The exchange has these properties: {@code from}, one address; {@code to}, addresses with
     * commas; {@code subject}; {@code text}; {@code video}, a file whose first frame the HTML shows, null = none; and {@code attachAs}, the
     * name under which it is attached, null = not at all. The Message-ID is made of the job's id, so that a mailbox can recognize a second
     * delivery.
     */
    public void compose(Exchange exchange) throws MessagingException, IOException {
        String id = exchange.getMessage().getHeader(JOB_ID, String.class);
        String from = exchange.getProperty("from", String.class);
        String text = exchange.getProperty("text", String.class);
        File video = exchange.getProperty("video", File.class);
        String attachAs = exchange.getProperty("attachAs", String.class);
        byte[] poster = video == null ? null : posters.jpeg(video);
        MimeMessage mail = new IdentifiedMail("<" + id + from.substring(from.lastIndexOf('@')).replace(">", "") + ">");
        mail.setFrom(new InternetAddress(from));
        mail.setRecipients(Message.RecipientType.TO, InternetAddress.parse(exchange.getProperty("to", String.class)));
        mail.setSubject(oneLine(exchange.getProperty("subject", String.class)), UTF_8);
        mail.setSentDate(new Date());
        MimeMultipart words = new MimeMultipart("alternative", text(text, "plain"), poster == null ? text(html(text), "html")
                : wrapped(new MimeMultipart("related", text(POSTER + html(text), "html"), poster(poster))));
        mail.setContent(attachAs == null ? words : new MimeMultipart("mixed", wrapped(words), video(video, attachAs)));
        exchange.getMessage().setBody(mail);
    }

    /** Paragraphs, with links that show no query. All else is escaped: an error message or an id may contain anything. */
    private static String html(String text) {
        String linked = LINK.matcher(text.replace("<", "&lt;").replace(">", "&gt;"))
                .replaceAll(link -> Matcher.quoteReplacement("<a href=\"" + link.group() + "\">" + link.group().split("[?]")[0] + "</a>"));
        return "<p>" + linked.replace("\n\n", "</p><p>") + "</p>";
    }

    private static MimeBodyPart text(String text, String kind) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, kind);
        return part;
    }

    private static MimeBodyPart wrapped(MimeMultipart parts) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(parts);
        return part;
    }

    private static MimeBodyPart poster(byte[] jpeg) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(jpeg, "image/jpeg")));
        part.setContentID("<poster>");
        part.setDisposition(Part.INLINE);
        part.setFileName("poster.jpg");
        return part;
    }

    private static MimeBodyPart video(File file, String name) throws MessagingException, IOException {
        MimeBodyPart part = new MimeBodyPart();
        part.attachFile(file, "video/mp4", "base64");
        part.setFileName(oneLine(name));
        return part;
    }

    /** A line break would begin a header of somebody else's. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static final class IdentifiedMail extends MimeMessage {

        private final String id;

        private IdentifiedMail(String id) {
            super((Session) null);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
