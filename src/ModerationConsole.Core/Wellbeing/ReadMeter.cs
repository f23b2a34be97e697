using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>The caller's meter as their desk needs it.</summary>
/// <param name="Reading">How much severe content, and whether more is offered.</param>
/// <param name="NearLimit">Whether four fifths of the shift's limit are reached.</param>
/// <param name="OfferBreak">Whether a break is to be offered before the next case.</param>
public sealed record OwnMeter(SevereReading Reading, bool NearLimit, bool OfferBreak);

/// <summary>The caller's own meter of severe content. There is no way to ask it of anybody else.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class ReadMeter(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, ExposureLedger ledger, IOptions<WellbeingOptions> options, TimeProvider clock) : IUseCase
{
    private const double Near = .8;

    /// <summary>Reads it.</summary>
    /// <param name="offeredAt">When a break was last offered and declined, UTC; null when none was.</param>
    public async Task<OwnMeter> RunAsync(Caller caller, DateTimeOffset? offeredAt, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadMeter>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Exposure exposure = await ledger.ReadAsync(new ReadAhead(db), caller.Id, now, cancellationToken).ConfigureAwait(false);
            SevereReading reading = exposure.Reading;
            DateTimeOffset? rested = await db.Set<PastBreak>().Where(row => row.PersonId == caller.Id)
                .MaxAsync(row => (DateTimeOffset?)row.Until, cancellationToken).ConfigureAwait(false);
            DateTimeOffset fresh = new[] { exposure.Worked, rested, offeredAt }.Max() ?? now;
            TimeSpan severe = exposure.Spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.After(fresh));
            bool offer = severe >= TimeSpan.FromMinutes(options.Value.OfferBreakAfterSevereMinutes)
                || now - fresh >= TimeSpan.FromMinutes(options.Value.OfferBreakAfterMinutes);
            return new OwnMeter(reading, reading.Limit > TimeSpan.Zero && reading.Severe >= Near * reading.Limit, offer);
        }
    }
}
