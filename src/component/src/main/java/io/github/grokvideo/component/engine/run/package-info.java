// SPDX-License-Identifier: Apache-2.0
/** The engine itself: its start and stop, operators' actions, and which step a job takes next. Internal. */
package io.github.grokvideo.component.engine.run;
