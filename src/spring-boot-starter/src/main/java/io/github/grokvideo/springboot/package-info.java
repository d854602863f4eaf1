// SPDX-License-Identifier: Apache-2.0
/** Spring Boot auto-configuration of the component: properties {@code camel.component.grokvideo.*}. Internal. */
package io.github.grokvideo.springboot;
