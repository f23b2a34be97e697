using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Shifts, severe time, breaks and check-ins, once no figure is made of them any more. How many they were is nobody's business.</summary>
internal sealed class WellbeingClass : IRecordClass
{
    public string Name => RecordClasses.Wellbeing;

    public int DefaultDays => 90;

    // Eight whole weeks are shown to leads.
    public int LeastDays => 70;

    public bool IsCounted => false;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        DateOnly day = DateOnly.FromDateTime(before.UtcDateTime);
        await pass.RemoveAllAsync(scope => scope.Db.Set<SevereTime>().Where(row => row.Until < before && (!row.Open || row.TaskNumber == SevereTime.NoTask)).OrderBy(row => row.Until), cancellationToken).ConfigureAwait(false);
        await pass.RemoveAllAsync(scope => scope.Db.Set<WorkShift>().Where(row => row.SeenAt < before).OrderBy(row => row.StartedAt), cancellationToken).ConfigureAwait(false);
        await pass.RemoveAllAsync(scope => scope.Db.Set<PastBreak>().Where(row => row.Until < before).OrderBy(row => row.Until), cancellationToken).ConfigureAwait(false);
        await pass.RemoveAllAsync(scope => scope.Db.Set<CheckIn>().Where(row => row.Day < day).OrderBy(row => row.Day), cancellationToken).ConfigureAwait(false);
    }
}
