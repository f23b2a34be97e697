using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>What the team wrote beside a case that is read, and a place to write more for those who review.</summary>
public sealed partial class CaseComments
{
    private IReadOnlyList<CommentRow> _comments = [];
    private CaseFile? _read;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The case's number.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    /// <summary>The case as it was read; another reading reads the comments again.</summary>
    [Parameter, EditorRequired]
    public required CaseFile Of { get; set; }

    [Inject]
    public required ListCaseComments ListCaseComments { get; init; }

    [Inject]
    public required CommentOnCase CommentOnCase { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_read, Of))
        {
            _read = Of;
            await ReadAsync();
        }
    }

    private async Task ReadAsync() => _comments = await ListCaseComments.RunAsync(await Current.GetAsync(), Number, CancellationToken.None);

    private async Task<bool> WriteAsync(string text)
    {
        CommentOutcome outcome = await CommentOnCase.RunAsync(await Current.GetAsync(), Number, text, CancellationToken.None);
        Status.Say(CaseWords.Of(outcome));
        await ReadAsync();
        return outcome == CommentOutcome.Written;
    }
}
