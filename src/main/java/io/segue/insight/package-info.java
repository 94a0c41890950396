/** What past calls say of the agents and of the people behind them: what each figure is, and whether the loop works. docs/insight.md has the formulas. Pure. */
@NullMarked
package io.segue.insight;

import org.jspecify.annotations.NullMarked;
