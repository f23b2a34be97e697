using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>A lead makes golden what three people judged alike without knowing of one another.</summary>
[Requires(Permission.RunQuality)]
public sealed class MakeGoldenOfAgreement(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Makes it, if they still agree.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<MakeGoldenResult> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MakeGoldenOfAgreement>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, cancel) => (await Agreements.ReadAsync(scope.Db, [caseNumber], cancel).ConfigureAwait(false)).Count == 0
                ? new MakeGoldenResult(MakeGoldenOutcome.NoAgreement)
                : await scope.MakeGoldenAsync(caller, caseNumber, GoldenOrigin.Agreement, note: null, cancel).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }
}
