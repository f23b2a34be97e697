namespace ModerationConsole.Web.Components.Shared;

/// <summary>A form with times as a person's own clock shows them.</summary>
public interface IZonedForm
{
    /// <summary>The zone of that clock; it is not for storing.</summary>
    TimeZoneInfo Zone { get; }

    /// <summary>Tells the same instants by another clock.</summary>
    void MoveTo(Moment moment);
}

/// <summary>Keeps such forms on the person's clock: which one that is, is known only when their browser has said so.</summary>
public static class ZonedForms
{
    /// <summary>Moves a form to the clock as it is now; that alone is no change that someone could lose.</summary>
    public static void Follow<T>(this FormState<T> form, Moment moment)
        where T : class, IZonedForm
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(moment);
        if (form.Model.Zone.Equals(moment.Zone))
        {
            return;
        }

        bool dirty = form.Dirty;
        form.Model.MoveTo(moment);
        if (!dirty)
        {
            form.Keep();
        }
    }
}
