/** Beans of routes that send mails: to be copied with them. */
package io.github.grokvideo.app.mail;
