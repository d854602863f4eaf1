// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.mail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
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
import org.apache.camel.ExchangeProperty;

/**
 * Puts a mail together that every reader shows well, which camel-mail's own parts do not: its attachments are lost to whoever shows the
 * plain text. The words are the route's. Thread-safe.
 */
public final class VideoMail {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /**
     * @param  id         the same for the same mail, so that a mailbox can tell a second one; becomes the Message-ID
     * @param  from       one address
     * @param  to         addresses with commas
     * @param  poster     a JPEG that the HTML shows as {@code cid:poster}; null = none
     * @param  attachment a video, read while the mail is sent; null = none
     * @param  name       of the attachment
     * @return            for the body of a message that goes to {@code smtp:}
     */
    public MimeMessage compose(@ExchangeProperty("mailId") String id, @ExchangeProperty("mailFrom") String from,
            @ExchangeProperty("mailTo") String to, @ExchangeProperty("subject") String subject,
            @ExchangeProperty("text") String text, @ExchangeProperty("html") String html,
            @ExchangeProperty("poster") byte[] poster, @ExchangeProperty("attachment") File attachment,
            @ExchangeProperty("attachmentName") String name) throws MessagingException, IOException {
        MimeMessage mail = new IdentifiedMail("<" + id + from.substring(from.lastIndexOf('@')).replace(">", "") + ">");
        mail.setFrom(new InternetAddress(from));
        mail.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
        mail.setSubject(oneLine(subject), UTF_8);
        mail.setSentDate(new Date());
        MimeMultipart words = new MimeMultipart("alternative", text(text, "plain"), poster == null ? text(html, "html")
                : wrapped(new MimeMultipart("related", text(html, "html"), poster(poster))));
        mail.setContent(attachment == null ? words : new MimeMultipart("mixed", wrapped(words), video(attachment, name)));
        return mail;
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
