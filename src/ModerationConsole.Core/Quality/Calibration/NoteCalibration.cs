using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>What became of a note.</summary>
public enum NoteCalibrationOutcome
{
    Noted,

    /// <summary>It is longer than 5 000 characters.</summary>
    TooLong,

    /// <summary>There is no such session or case, or its votes are still secret.</summary>
    NotNow,
}

/// <summary>Keeps what came of talking about a case, or about a session as a whole. The audit holds its hash, not its words.</summary>
[Requires(Permission.RunQuality)]
public sealed class NoteCalibration(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Keeps a note in the place of the one before; an empty one takes it away.</summary>
    /// <param name="caseNumber">The case; null for the session as a whole.</param>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<NoteCalibrationOutcome> RunAsync(Caller caller, Guid sessionId, long? caseNumber, string? text, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<NoteCalibration>(caller, cancellationToken).ConfigureAwait(false);
        string words = DecisionText.Clean(text) ?? "";
        return words.Length > TextLength.Note
            ? NoteCalibrationOutcome.TooLong
            : await writes.RunAsync((scope, token) => NoteAsync(scope, caller, sessionId, caseNumber, words, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<NoteCalibrationOutcome> NoteAsync(
        WriteScope scope, Caller caller, Guid sessionId, long? caseNumber, string words, CancellationToken cancellationToken)
    {
        CalibrationSession? session = await scope.Db.Set<CalibrationSession>().SingleOrDefaultAsync(row => row.Id == sessionId, cancellationToken).ConfigureAwait(false);
        CalibrationCase? about = caseNumber is null ? null : await CalibrationTasks.Shown(scope.Db)
            .SingleOrDefaultAsync(row => row.SessionId == sessionId && row.CaseNumber == caseNumber, cancellationToken).ConfigureAwait(false);
        if (session is null or { State: CalibrationState.Draft or CalibrationState.Voting } || (caseNumber is not null && about is null))
        {
            return NoteCalibrationOutcome.NotNow;
        }

        if (about is null)
        {
            session.Notes = words;
        }
        else
        {
            about.Notes = words;
        }

        scope.Record(caller, AuditAct.CalibrationNoted, caseNumber, subject: sessionId.ToString(), details: new Dictionary<string, object?>
        {
            ["hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))),
        });
        return NoteCalibrationOutcome.Noted;
    }
}
