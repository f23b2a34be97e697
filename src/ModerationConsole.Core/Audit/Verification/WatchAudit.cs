using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>What this node last found when it verified the audit by itself.</summary>
/// <param name="At">When it did, UTC.</param>
/// <param name="Newest">What it found in the recent stretch.</param>
/// <param name="Older">What it last found wrong before that stretch; null when nothing.</param>
public sealed record AuditCheck(DateTimeOffset At, AuditVerification Newest, AuditVerification? Older = null)
{
    /// <summary>What people are to know of: what is wrong before what is not. <see cref="AuditVerification.From"/> says how far back it looked.</summary>
    public AuditVerification Found => Newest.IsWhole && Older is not null ? Older : Newest;
}

/// <summary>
/// Verifies the newest head and the recent stretch of the audit each minute, so that a change there is noticed at once, and walks
/// over what is older, a stretch each minute, again and again. The whole at once is verified by the verb.
/// </summary>
public sealed partial class WatchAudit(
    IDbContextFactory<ConsoleDbContext> contexts, VerifyAudit verify, TimeProvider clock, ILogger<WatchAudit> log) : BackgroundService
{
    /// <summary>How many of the newest entries are recomputed each time, at least.</summary>
    public const int Recent = 20_000;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private volatile AuditCheck? _last;
    private long _walked;
    private AuditVerification? _wrong;
    private bool _wrongThisRound;

    /// <summary>What was last found; null before the first time.</summary>
    public AuditCheck? Last => _last;

    /// <summary>Verifies now.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        long from = await FromAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset at = clock.Now();
        AuditVerification found = await verify.RunAsync(Caller.System, from, null, cancellationToken).ConfigureAwait(false);
        await WalkAsync(from, cancellationToken).ConfigureAwait(false);
        AuditCheck check = new(at, found, _wrong);
        if (!check.Found.IsWhole && _last?.Found.Wrong != check.Found.Wrong)
        {
            AuditFinding first = check.Found.Findings[0];
            LogWrong(check.Found.Wrong, first.Fault, first.What, first.Number);
        }

        _last = check;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(s_first, clock, stoppingToken).ConfigureAwait(false);
            while (true)
            {
                try
                {
                    await RunOnceAsync(stoppingToken).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // the database may be gone for a while; the next time tells more
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                }

                await Task.Delay(s_every, clock, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    // From a head on: its successors prove that what lies before is as it was signed. Nothing that came since the last time is left out.
    private async Task<long> FromAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            long newest = await db.Set<AuditTreeHead>().MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false) ?? 0;
            long most = Math.Min(newest - Recent, _last?.Found.Head?.Size ?? newest);
            return await db.Set<AuditTreeHead>().Where(head => head.Size <= most).MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false) ?? 0;
        }
    }

    // The next stretch of what lies before the recent one, to the end of a head. What was found wrong holds until a whole round finds nothing.
    private async Task WalkAsync(long end, CancellationToken cancellationToken)
    {
        if (_walked >= end)
        {
            _wrong = _wrongThisRound ? _wrong : null;
            (_walked, _wrongThisRound) = (0, false);
        }

        if (end == 0)
        {
            return;
        }

        long to = Math.Min(end, await HeadFromAsync(_walked + Recent, cancellationToken).ConfigureAwait(false) ?? end);
        AuditVerification found = await verify.RunAsync(_walked, to, cancellationToken).ConfigureAwait(false);
        if (!found.IsWhole)
        {
            (_wrong, _wrongThisRound) = (found, true);
        }

        _walked = to;
    }

    private async Task<long?> HeadFromAsync(long size, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<AuditTreeHead>().Where(head => head.Size >= size).MinAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit is not what was sealed: {Wrong} things are wrong, the first is {Fault} at {What} {Number}; run 'audit verify'")]
    private partial void LogWrong(long wrong, AuditFault fault, string what, long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit could not be verified ({Error}); trying again in a minute")]
    private partial void LogFault(string error);
}
