namespace ModerationConsole.Web.Components.Review;

public sealed partial class ReviewPage
{
    private async Task ToggleStackAsync()
    {
        Desk.ToggleStack();
        if (Desk.StackOpen)
        {
            // On phones the list lies behind the sheet.
            _sheetOpen = false;
            StateHasChanged();
            await Shell.FocusAsync("#stack");
        }
    }

    private async Task DecideAllAsync()
    {
        if (Drawn is not { } drawn || Desk.Busy)
        {
            return;
        }

        // What was typed in the last half second is part of it.
        if (await Script.FieldsAsync() is { } fields && Drawn == drawn)
        {
            Desk.Typed(fields);
        }

        await Desk.DecideAllAsync(drawn.Task, drawn.Fence);
    }
}
