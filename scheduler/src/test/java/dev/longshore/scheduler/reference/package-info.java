/**
 * The rules of scheduling once more, slow and obvious: loops over API objects, nothing kept from one question to
 * the next. {@link dev.longshore.scheduler.reference.Reference} is the entry. Random clusters compare the scheduler with it.
 * Only the comparison may know the scheduler's own rules and state.
 */
package dev.longshore.scheduler.reference;
