using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>What came of a check-in.</summary>
public enum CheckInOutcome
{
    Saved,

    /// <summary>An answer is not from 1 to 5.</summary>
    Invalid,
}

/// <summary>The caller's voluntary check-in of the day. Nobody reads it; a team's averages are shown where they name nobody.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class SaveCheckIn(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Stores today's answers; the last ones of a day count.</summary>
    public async Task<CheckInOutcome> RunAsync(Caller caller, CheckInAnswers answers, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveCheckIn>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(answers);
        if (new[] { answers.Mood, answers.Distance, answers.Control }.Any(answer => answer is < 1 or > 5))
        {
            return CheckInOutcome.Invalid;
        }

        return await writes.RunAsync(
            async (scope, token) =>
            {
                DateOnly today = DateOnly.FromDateTime(scope.Now.UtcDateTime);
                Guid? team = await scope.Db.Set<Moderator>().Where(row => row.Id == caller.Id).Select(row => row.TeamId).SingleAsync(token).ConfigureAwait(false);
                CheckIn row = await scope.Db.Set<CheckIn>().SingleOrDefaultAsync(known => known.PersonId == caller.Id && known.Day == today, token).ConfigureAwait(false)
                    ?? scope.Db.Add(new CheckIn { PersonId = caller.Id, Day = today, TeamId = team }).Entity;
                (row.Mood, row.Distance, row.Control) = (answers.Mood, answers.Distance, answers.Control);
                return CheckInOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
