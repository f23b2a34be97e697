using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Tests.Integration.Retention;

public sealed class SetRetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RecordClasses.Deliveries, 30, 184, SetRetentionOutcome.Saved)]
    [InlineData(RecordClasses.Deliveries, 6, 184, SetRetentionOutcome.TooShort)]
    [InlineData(RecordClasses.Deliveries, 30 * 365 + 1, 184, SetRetentionOutcome.TooLong)]
    [InlineData(RecordClasses.Deliveries, 30, 183, SetRetentionOutcome.Changed)]
    [InlineData("nothing", 30, 30, SetRetentionOutcome.Unknown)]
    // What vouches for records is kept at least as long as they are, and a case as long as its content.
    [InlineData(RecordClasses.Cases, 7 * 365, 5 * 365 + 1, SetRetentionOutcome.Crossed)]
    [InlineData(RecordClasses.Audit, 4 * 365, 6 * 365, SetRetentionOutcome.Crossed)]
    [InlineData(RecordClasses.Content, 6 * 365, 400, SetRetentionOutcome.Crossed)]
    [InlineData(RecordClasses.Cases, 399, 5 * 365 + 1, SetRetentionOutcome.Crossed)]
    public async Task Period_Set_IsKeptOnlyWhereItMayBe(string name, int days, int expected, SetRetentionOutcome outcome)
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();

        Assert.Equal(outcome, await scene.Console.Use<SetRetention>().RunAsync(scene.Admin, name, days, expected, Cancel));

        bool saved = outcome == SetRetentionOutcome.Saved;
        Assert.Equal(saved ? 1 : 0, await scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.RetentionSet && row.Subject == name, Cancel)));
        RetentionShown shown = await scene.Console.Use<ReadRetention>().RunAsync(scene.Admin, Cancel);
        Assert.Equal(saved, shown.Classes.Any(one => one.Name == name && one.Days == days));
    }

    [Fact]
    public async Task Classes_Shown_AreAllThereIsInTheOrderOfARun()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();

        RetentionShown shown = await scene.Console.Use<ReadRetention>().RunAsync(scene.Admin, Cancel);

        Assert.Equal(RecordClasses.InOrder, shown.Classes.Select(one => one.Name));
    }
}
