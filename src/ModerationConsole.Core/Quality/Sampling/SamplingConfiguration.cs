using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

internal sealed class SamplingConfiguration :
    IEntityTypeConfiguration<SamplingPlan>, IEntityTypeConfiguration<SamplingStratum>, IEntityTypeConfiguration<PopulationCount>,
    IEntityTypeConfiguration<SamplerPlace>, IEntityTypeConfiguration<QualitySample>
{
    public void Configure(EntityTypeBuilder<SamplingPlan> builder)
    {
        builder.ToTable("quality_plan");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Salt).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.State);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.MadeBy);
    }

    public void Configure(EntityTypeBuilder<SamplingStratum> builder)
    {
        builder.ToTable("quality_stratum");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Conditions).HasMaxLength(TextLength.Text);
        builder.HasIndex(row => new { row.PlanId, row.Position }).IsUnique();
        builder.HasOne<SamplingPlan>().WithMany().HasForeignKey(row => row.PlanId);
    }

    public void Configure(EntityTypeBuilder<PopulationCount> builder)
    {
        builder.ToTable("quality_population");
        builder.HasKey(row => new { row.By, row.Day, row.PlanId, row.StratumId, row.Key });
        builder.Property(row => row.Key).HasMaxLength(TextLength.Id);
        builder.HasOne<SamplingPlan>().WithMany().HasForeignKey(row => row.PlanId);
    }

    public void Configure(EntityTypeBuilder<SamplerPlace> builder)
    {
        builder.ToTable("quality_sampler");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<QualitySample> builder)
    {
        builder.ToTable("quality_sample");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.RightPolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.Property(row => row.Explanation).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.DecisionId).IsUnique();
        builder.HasIndex(row => row.TaskNumber).IsUnique();
        builder.HasIndex(row => row.AdjudicationTask);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => new { row.DecidedAt, row.Id });
        builder.HasIndex(row => new { row.State, row.DrawnAt });
        builder.HasIndex(row => new { row.DeciderId, row.DecidedAt });
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.ReviewId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.AdjudicationId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.CorrectionId);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.AdjudicationTask);
        builder.HasOne<SamplingPlan>().WithMany().HasForeignKey(row => row.PlanId);
        builder.HasOne<SamplingStratum>().WithMany().HasForeignKey(row => row.StratumId);
    }
}
