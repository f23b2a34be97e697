using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>An expert makes a case golden: its decision in force is the agreed one.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class MakeGolden(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Makes it.</summary>
    /// <param name="note">Why it is so, for who fails it; up to 5 000 characters.</param>
    /// <exception cref="PermissionDeniedException">The caller may not adjudicate.</exception>
    public async Task<MakeGoldenResult> RunAsync(Caller caller, long caseNumber, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MakeGolden>(caller, cancellationToken).ConfigureAwait(false);
        string? why = DecisionText.Clean(note);
        return why?.Length > TextLength.Note
            ? new MakeGoldenResult(MakeGoldenOutcome.NoteTooLong)
            : await writes.RunAsync((scope, cancel) => scope.MakeGoldenAsync(caller, caseNumber, GoldenOrigin.Expert, why, cancel), cancellationToken).ConfigureAwait(false);
    }
}
