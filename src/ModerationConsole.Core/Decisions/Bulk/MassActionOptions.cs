using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Section <c>Abuse</c>: how much one person may do at once by themselves; above it a second person says yes first.</summary>
public sealed class MassActionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Abuse";

    /// <summary><c>Abuse:MassActionItems</c>: cases of one batch; 0 switches it off.</summary>
    public int MassActionItems { get; set; } = 200;

    /// <summary><c>Abuse:MassActionItemsPerHour</c>: cases of all batches of a person within an hour; 0 switches it off.</summary>
    public int MassActionItemsPerHour { get; set; } = 1_000;

    /// <summary><c>Abuse:MassActionWaitHours</c>: for so long what is asked for waits; then it ends by itself.</summary>
    public int MassActionWaitHours { get; set; } = 8;

    /// <summary>For so long it waits.</summary>
    internal TimeSpan Wait => TimeSpan.FromHours(MassActionWaitHours);

    /// <summary>Whether so many cases more are beyond what a person may do by themselves. What a second person agreed to does not count.</summary>
    internal async Task<bool> AreBeyondAsync(ConsoleDbContext db, Guid personId, int cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (MassActionItems > 0 && cases > MassActionItems)
        {
            return true;
        }

        if (MassActionItemsPerHour == 0)
        {
            return false;
        }

        DateTimeOffset since = now.AddHours(-1);
        int lately = await (
            from batch in db.Set<BulkBatch>()
            join member in db.Set<BatchMember>() on batch.Number equals member.BatchNumber
            where batch.PersonId == personId && batch.StartedAt > since && batch.AnsweredBy == null && member.State != MemberState.LeftOut
            select member.CaseNumber).CountAsync(cancellationToken).ConfigureAwait(false);
        return lately + cases > MassActionItemsPerHour;
    }
}

internal sealed class MassActionOptionsValidator : IValidateOptions<MassActionOptions>
{
    private const int Highest = 1_000_000;
    private const int LongestWait = 168;

    public ValidateOptionsResult Validate(string? name, MassActionOptions options) =>
        options.MassActionItems is < 0 or > Highest ? Outside(nameof(options.MassActionItems), 0, Highest)
        : options.MassActionItemsPerHour is < 0 or > Highest ? Outside(nameof(options.MassActionItemsPerHour), 0, Highest)
        : options.MassActionWaitHours is < 1 or > LongestWait ? Outside(nameof(options.MassActionWaitHours), 1, LongestWait)
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Outside(string key, int least, int most) =>
        ValidateOptionsResult.Fail($"{MassActionOptions.Section}:{key} must be between {least} and {most}.");
}
