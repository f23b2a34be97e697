using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What is known around the case. What has to be looked up comes after the case is drawn; when that fails, all else stands.</summary>
public sealed partial class ContextPanel : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private DeskCase? _read;
    private DeskContext? _around;
    private bool _failed;

    [Inject]
    public required Onlooker Onlooker { get; init; }

    /// <summary>The case.</summary>
    [Parameter, EditorRequired]
    public required DeskCase About { get; set; }

    /// <summary>What the person has begun to write.</summary>
    [Parameter]
    public DecisionForm? Form { get; set; }

    /// <summary>The person changes the form.</summary>
    [Parameter]
    public EventCallback<Action<DecisionForm>> OnEdit { get; set; }

    [Inject]
    public required IDeskAround Around { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<ContextPanel> Log { get; init; }

    private Moment Moment => Onlooker.Moment;

    public void Dispose()
    {
        Onlooker.Ticked -= StateHasChanged;
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override void OnInitialized() => Onlooker.Ticked += StateHasChanged;

    protected override async Task OnParametersSetAsync()
    {
        // The same case is drawn often; it is looked up again when its evidence was renewed.
        if (!ReferenceEquals(_read, About))
        {
            _read = About;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        CancellationToken closing = _closing.Token;
        try
        {
            DeskContext? around = await Around.ReadAsync(About.TaskNumber, closing);
            // Null when the case went away meanwhile: the desk itself says so.
            _around = around ?? _around;
            _failed = false;
        }
        catch (Exception error) when (closing.IsCancellationRequested || error is OperationCanceledException or PermissionDeniedException)
        {
            // The page closes, or the person may no longer work: the next command says so.
        }
#pragma warning disable CA1031 // whatever breaks here, the case can still be decided
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(Log, error, error.GetType().Name);
            _failed = true;
        }
    }

    // Beside a case that is judged blindly a comment would tell others that it is: it goes with the verdict instead.
    private async Task<bool> NoteAsync(string text)
    {
        string words = text.Trim();
        if (words.Length == 0)
        {
            Status.Say(CaseWords.Of(CommentOutcome.Empty));
            return false;
        }

        string noted = Form is { Note.Text: { Length: > 0 } before } ? $"{before}\n{words}" : words;
        if (noted.Length > TextLength.Note)
        {
            Status.Say(CaseWords.Of(CommentOutcome.TooLong));
            return false;
        }

        await OnEdit.InvokeAsync(form =>
        {
            form.Note.Fill(noted);
            form.Comment.Fill("");
        });
        _around = _around is null ? null : _around with { Comments = [.. _around.Comments, new CommentRow(Guid.Empty, Moment.Now, DeskText.CommentYou, words, OnThisCase: true)] };
        StateHasChanged();
        Status.Say(CaseWords.Of(CommentOutcome.Written));
        return true;
    }

    private async Task<bool> WriteAsync(string text)
    {
        if (About.CaseNumber is not { } number)
        {
            return await NoteAsync(text);
        }

        CommentOutcome outcome;
        try
        {
            outcome = await Around.CommentAsync(number, text, _closing.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or PermissionDeniedException)
        {
            return false;
        }

        Status.Say(CaseWords.Of(outcome));
        if (outcome == CommentOutcome.Written)
        {
            await OnEdit.InvokeAsync(form => form.Comment.Fill(""));
        }

        await ReadAsync();
        return outcome == CommentOutcome.Written;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The context of a case could not be read ({Error})")]
    private static partial void LogFault(ILogger logger, Exception exception, string error);
}
