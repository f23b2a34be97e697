using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class ReviewPage
{
    [Inject]
    public required IDeskAround Around { get; init; }

    [Inject]
    public required ILogger<ReviewPage> Log { get; init; }

    // A comment that was begun goes with the decision: nothing that was written is lost with the case.
    private async Task WriteBegunCommentAsync()
    {
        if (Desk is not { Busy: false, Case: { } about, Form.Comment.Text: { } text } || string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (about.CaseNumber is not { } number)
        {
            // A verdict without effect carries it: beside the case it would tell that the case is judged again.
            Desk.Edit(form =>
            {
                form.Note.Fill(form.Note.Text.Length > 0 ? $"{form.Note.Text}\n{text.Trim()}" : text.Trim());
                form.Comment.Fill("");
            });
            return;
        }

        try
        {
            if (await Around.CommentAsync(number, text, CancellationToken.None) == CommentOutcome.Written)
            {
                Desk.Edit(form => form.Comment.Fill(""));
            }
        }
#pragma warning disable CA1031 // the decision goes its way; the comment stays in the draft
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogComment(Log, error, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A comment could not be written ({Error})")]
    private static partial void LogComment(ILogger logger, Exception exception, string error);
}
