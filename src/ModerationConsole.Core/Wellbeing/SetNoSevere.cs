using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>For how long a person wants no severe content.</summary>
public enum NoSevereFor
{
    /// <summary>Not any more: as the limits say.</summary>
    Nothing,
    AnHour,
    FourHours,
    RestOfShift,
}

/// <summary>The caller wants no severe content for a while, or again. Nobody is told; only the router reads it.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class SetNoSevere(WritePath writes, IAccessGuard guard, ExposureLedger ledger) : IUseCase
{
    // A shift without hours is surely over by then, and the next day's has not begun.
    private static readonly TimeSpan s_shiftAtMost = TimeSpan.FromHours(14);

    /// <summary>Sets it; returns until when, UTC.</summary>
    public async Task<DateTimeOffset?> RunAsync(Caller caller, NoSevereFor length, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetNoSevere>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                OwnWishes wishes = await scope.WishesAsync(caller.Id, token).ConfigureAwait(false);
                wishes.NoSevereUntil = length switch
                {
                    NoSevereFor.Nothing => null,
                    NoSevereFor.AnHour => scope.Now.AddHours(1),
                    NoSevereFor.FourHours => scope.Now.AddHours(4),
                    NoSevereFor.RestOfShift => await EndOfShiftAsync(scope, caller.Id, token).ConfigureAwait(false),
                    _ => throw new ArgumentOutOfRangeException(nameof(length)),
                };
                scope.Publish(LiveKind.PersonChanged, personId: caller.Id);
                return wishes.NoSevereUntil;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<DateTimeOffset> EndOfShiftAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        Exposure exposure = await ledger.ReadAsync(scope.Reads, personId, scope.Now, cancellationToken).ConfigureAwait(false);
        return exposure.Reading.ShiftUntil ?? (exposure.Worked ?? scope.Now) + s_shiftAtMost;
    }
}

/// <summary>Finds a person's wishes inside a write.</summary>
internal static class Wishes
{
    /// <summary>The row to change, made where there is none.</summary>
    public static async Task<OwnWishes> WishesAsync(this WriteScope scope, Guid personId, CancellationToken cancellationToken) =>
        await scope.Db.Set<OwnWishes>().SingleOrDefaultAsync(row => row.PersonId == personId, cancellationToken).ConfigureAwait(false)
            ?? scope.Db.Add(new OwnWishes { PersonId = personId }).Entity;
}
