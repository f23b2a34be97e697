using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Notices;

/// <summary>A type to choose when a notice is entered.</summary>
public sealed record NoticeTypeChoice(string Code, string Name, int Minutes, bool ByLaw, string Basis, string Jurisdiction);

/// <summary>The types of notice in use, the shortest clock first.</summary>
[Requires(Permission.EnterNotices)]
public sealed class ListNoticeTypes(IAccessGuard guard, NoticeFiling filing) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<NoticeTypeChoice>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListNoticeTypes>(caller, cancellationToken).ConfigureAwait(false);
        return [.. filing.Types.Types.Where(type => type.Value.Minutes > 0).OrderBy(type => type.Value.Minutes).ThenBy(type => type.Value.Name, StringComparer.Ordinal)
            .Select(type => new NoticeTypeChoice(type.Key, type.Value.Name, type.Value.Minutes, type.Value.ByLaw, type.Value.Basis, type.Value.Jurisdiction))];
    }
}
