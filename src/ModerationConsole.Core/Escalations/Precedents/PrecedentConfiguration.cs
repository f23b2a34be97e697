using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>The words by which a precedent is found: those of the expert, as they are now.</summary>
public sealed class PrecedentText : ISearchedText
{
    /// <inheritdoc />
    public static string Table => "precedent_text";

    /// <inheritdoc />
    public static string Key => nameof(PrecedentNumber);

    /// <summary>The precedent.</summary>
    public long PrecedentNumber { get; init; }

    /// <inheritdoc />
    public string Words { get; set; } = "";
}

/// <summary>A tag of a precedent.</summary>
public sealed class PrecedentTag
{
    /// <summary>The precedent.</summary>
    public long PrecedentNumber { get; init; }

    /// <summary>The tag, in lower case.</summary>
    public string Tag { get; init; } = "";
}

internal sealed class PrecedentConfiguration :
    IEntityTypeConfiguration<Precedent>, IEntityTypeConfiguration<PrecedentVersion>, IEntityTypeConfiguration<PrecedentText>, IEntityTypeConfiguration<PrecedentTag>
{
    public void Configure(EntityTypeBuilder<Precedent> builder)
    {
        builder.ToTable("precedent");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Actions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Grounds).HasMaxLength(TextLength.Note);
        builder.Property(row => row.WithdrawnReason).HasMaxLength(TextLength.Line);
        builder.HasIndex(row => row.RulingNumber);
        builder.HasIndex(row => new { row.PolicyId, row.State });
        builder.HasIndex(row => row.ChangedAt);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Policy>().WithMany().HasForeignKey(row => row.PolicyId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.WrittenBy);
    }

    public void Configure(EntityTypeBuilder<PrecedentVersion> builder)
    {
        builder.ToTable("precedent_version");
        builder.HasKey(row => new { row.PrecedentNumber, row.Number });
        builder.Property(row => row.Title).HasMaxLength(PrecedentDraft.LongestTitle);
        builder.Property(row => row.Rule).HasMaxLength(PrecedentDraft.LongestRule);
        builder.Property(row => row.Facts).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Reasoning).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Examples).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Tags).HasMaxLength(TextLength.Line);
        builder.HasOne<Precedent>().WithMany().HasForeignKey(row => row.PrecedentNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.WrittenBy);
    }

    public void Configure(EntityTypeBuilder<PrecedentText> builder)
    {
        builder.ToTable(PrecedentText.Table);
        builder.HasKey(row => row.PrecedentNumber);
        builder.Property(row => row.PrecedentNumber).ValueGeneratedNever();
        builder.Property(row => row.Words).HasMaxLength(TextLength.Text);
        builder.HasOne<Precedent>().WithOne().HasForeignKey<PrecedentText>(row => row.PrecedentNumber);
    }

    public void Configure(EntityTypeBuilder<PrecedentTag> builder)
    {
        builder.ToTable("precedent_tag");
        builder.HasKey(row => new { row.Tag, row.PrecedentNumber });
        builder.Property(row => row.Tag).HasMaxLength(PrecedentDraft.LongestTag);
        builder.HasOne<Precedent>().WithMany().HasForeignKey(row => row.PrecedentNumber);
    }
}
